module ex.com/testmod

go 1.27
