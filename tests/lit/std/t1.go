package main

import (
	"fmt"
	"io"
	"net"
	"time"
	"sync"
	"os"
	"errors"
)

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	fmt.Println(err)
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				fmt.Println(errors.Is(err, net.ErrClosed))
				return
			}
			go func() { n, err := io.Copy(c, c); fmt.Println("echoed", n, err); c.Close() }()
		}
	})
	c, err := net.Dial("tcp", l.Addr().String())
	fmt.Println(err)
	fmt.Fprintf(c, "hello")
	b := make([]byte, 5)
	n, err := io.ReadFull(c, b)
	fmt.Println(n, err, string(b))
	c.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	_, err = c.Read(b)
	var ne net.Error
	fmt.Println(errors.As(err, &ne) && ne.Timeout(), errors.Is(err, os.ErrDeadlineExceeded))
	c.SetReadDeadline(time.Time{})
	c.(*net.TCPConn).CloseWrite()
	_, err = c.Read(b)
	fmt.Println(err)
	c.Close()
	_, err = c.Read(b)
	fmt.Println(errors.Is(err, net.ErrClosed))
	l.Close()
	wg.Wait()
	_, err = net.Dial("tcp", "127.0.0.1:1")
	fmt.Println(err)
	_, err = net.Dial("tcp", "foo")
	fmt.Println(err)
	_, err = net.Dial("xx", "foo:1")
	fmt.Println(err)
	fmt.Println(net.LookupHost("localhost"))
	fmt.Println(net.LookupHost("nosuch.invalid"))
	ifs, err := net.Interfaces()
	fmt.Println(ifs, err)
	fmt.Println(net.InterfaceAddrs())
	p, err := net.ListenPacket("udp", "127.0.0.1:0")
	q, err := net.Dial("udp", p.LocalAddr().String())
	q.Write([]byte("ping"))
	n, a, err := p.ReadFrom(b)
	fmt.Println(n, a.String() == q.LocalAddr().String(), err, string(b))
	p.WriteTo([]byte("pong"), a)
	n, err = q.Read(b)
	fmt.Println(n, err, string(b[:n]))
}
