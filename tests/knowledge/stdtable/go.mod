module stdtable

go 1.26
