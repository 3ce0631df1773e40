module mapops

go 1.25
