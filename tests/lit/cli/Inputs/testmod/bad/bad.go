package bad

var x int = "a"
