module benchmark

go 1.27
