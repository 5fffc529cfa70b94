// Load asks the server of this folder: `load ADDRESS REQUESTS CONNECTIONS`. Each connection is kept alive and asks again as
// soon as it has the answer, which is checked to the last byte of its body. Prints the number of errors and the seconds
// that it took. It reads answers itself, in little time, so that the server is what is measured.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// request is the i-th request and the body of its answer.
func request(i int) (text, body string) {
	switch {
	case i%10 == 0:
		body = strings.Repeat(strconv.Itoa(i)+" ", 100)
		return fmt.Sprintf("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s", len(body), body), body
	case i%3 == 0:
		query := "name=n" + strconv.Itoa(i)
		body = fmt.Sprintf("{\"name\":\"n%d\",\"count\":%d,\"tags\":[\"a\",\"b\",\"c\"]}\n", i, len(query))
		return "GET /json?" + query + " HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n", body
	}
	return fmt.Sprintf("GET /hello/w%d HTTP/1.1\r\nHost: x\r\nUser-Agent: load\r\n\r\n", i), fmt.Sprintf("Hello, w%d!\n", i)
}

// exchange sends a request and reads the answer into buf.
func exchange(c net.Conn, r *bufio.Reader, text, want string, buf []byte) error {
	if _, err := io.WriteString(c, text); err != nil {
		return err
	}
	length := -1
	for n := 0; ; n++ {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		if n == 0 && !bytes.HasPrefix(line, []byte("HTTP/1.1 200 ")) {
			return fmt.Errorf("status %q", line)
		}
		if name, value, ok := bytes.Cut(line, []byte(": ")); ok && string(name) == "Content-Length" {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
		if len(bytes.TrimSpace(line)) == 0 {
			break
		}
	}
	if length != len(want) {
		return fmt.Errorf("length %d, want %d", length, len(want))
	}
	if _, err := io.ReadFull(r, buf[:length]); err != nil {
		return err
	}
	if string(buf[:length]) != want {
		return fmt.Errorf("body %q, want %q", buf[:length], want)
	}
	return nil
}

func main() {
	total, _ := strconv.Atoi(os.Args[2])
	connections, _ := strconv.Atoi(os.Args[3])
	var next, failed atomic.Int64
	var wg sync.WaitGroup
	begin := time.Now()
	for range connections {
		wg.Go(func() {
			c, err := net.Dial("tcp", os.Args[1])
			if err != nil {
				fmt.Fprintln(os.Stderr, err)
				failed.Add(1)
				return
			}
			defer c.Close()
			r := bufio.NewReader(c)
			buf := make([]byte, 64<<10)
			for i := int(next.Add(1)); i <= total; i = int(next.Add(1)) {
				text, want := request(i)
				if err := exchange(c, r, text, want, buf); err != nil {
					fmt.Fprintln(os.Stderr, err)
					failed.Add(1)
					return
				}
			}
		})
	}
	wg.Wait()
	if int(next.Load()) < total {
		failed.Add(1)
	}
	fmt.Println(failed.Load(), time.Since(begin).Seconds())
}
