package rand

type Source struct{ n int }
