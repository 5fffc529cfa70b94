module rt

go 1.27
