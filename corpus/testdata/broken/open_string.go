package broken

var greetings = map[string]string{
	"en": "hello,
	"de": "hallo",
}
