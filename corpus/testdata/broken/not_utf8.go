package broken

var names = map[string]string{"café": "latin-1"}
