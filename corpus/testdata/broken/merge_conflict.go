package broken

var peers = map[string]bool{}

func Join(peer string) {
<<<<<<< HEAD
	peers[peer] = true
=======
	peers[peer] = false
>>>>>>> feature
}
