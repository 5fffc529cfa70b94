// RUN: %gosubc run %s | diff %S/Inputs/net.out -
// Package net on loopback: connections, deadlines, closing, Unix sockets, pipes, the texts of errors. Expected: Go's output.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

func main() {
	// Many connections at once, each with many messages.
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() { io.Copy(c, c); c.Close() }()
		}
	}()
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			c, err := net.Dial("tcp", l.Addr().String())
			if err != nil {
				panic(err)
			}
			defer c.Close()
			b := make([]byte, 1000)
			for j := range 100 {
				for k := range b {
					b[k] = byte(i + j + k)
				}
				if _, err := c.Write(b); err != nil {
					panic(err)
				}
				got := make([]byte, 1000)
				if _, err := io.ReadFull(c, got); err != nil || string(got) != string(b) {
					panic(err)
				}
			}
		})
	}
	wg.Wait()
	fmt.Println("echoed")

	// Closing unblocks.
	c, err := net.Dial("tcp", l.Addr().String())
	go func() { time.Sleep(10 * time.Millisecond); c.Close() }()
	_, err = c.Read(make([]byte, 1))
	fmt.Println(errors.Is(err, net.ErrClosed), err.(*net.OpError).Err)
	fmt.Println(errors.Unwrap(c.Close()))
	addr := l.Addr().String()
	l.Close()
	l, err = net.Listen("tcp", addr)
	fmt.Println(err)
	_, err = net.Listen("tcp", addr)
	fmt.Println(errors.Is(err, syscall.EADDRINUSE))
	// Accept with a deadline.
	l.(*net.TCPListener).SetDeadline(time.Now().Add(5 * time.Millisecond))
	_, err = l.Accept()
	fmt.Println(err.(net.Error).Timeout(), err.(*net.OpError).Err)
	l.Close()

	// Unix sockets.
	dir, _ := os.MkdirTemp("", "sock")
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "s")
	ul, err := net.Listen("unix", path)
	if err != nil {
		panic(err)
	}
	fmt.Println(err, ul.Addr().Network())
	go func() {
		c, _ := ul.Accept()
		fmt.Fprintf(c, "from %s\n", c.LocalAddr().Network())
		c.Close()
	}()
	c, err = net.Dial("unix", path)
	if err != nil {
		panic(err)
	}
	b, err := io.ReadAll(c)
	fmt.Printf("%s %v %q %v\n", b, err, c.LocalAddr().String(), c.RemoteAddr().String() == path)
	ul.Close()
	_, err = os.Stat(path)
	fmt.Println(errors.Is(err, os.ErrNotExist))
	_, err = net.Dial("unix", "/nowhere")
	fmt.Println(err)
	// Datagrams and descriptors.
	g1, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: filepath.Join(dir, "g"), Net: "unixgram"})
	g2, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: filepath.Join(dir, "g"), Net: "unixgram"})
	g2.Write([]byte("gram"))
	n, from, err := g1.ReadFrom(b)
	fmt.Println(string(b[:n]), from, err)

	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	q1, err := net.Dial("udp", pc.LocalAddr().String())
	q1.Write([]byte("ping"))
	n, from, err = pc.ReadFrom(b)
	fmt.Println(n, from.String() == q1.LocalAddr().String(), err, string(b[:n]))
	pc.WriteTo([]byte("pong"), from)
	n, err = q1.Read(b)
	fmt.Println(string(b[:n]), err)
	_, err = q1.(*net.UDPConn).WriteTo(b, from)
	fmt.Println(errors.Is(err, net.ErrWriteToConnected))

	// A canceled dial.
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var d net.Dialer
	_, err = d.DialContext(ctx, "tcp", "127.0.0.1:9")
	fmt.Println(err, errors.Is(err, context.Canceled))
	_, err = net.DialTimeout("tcp", "127.0.0.1:9", 1)
	fmt.Println(err, err.(net.Error).Timeout())

	// Pipes.
	p, q := net.Pipe()
	go func() { p.Write([]byte("through")); p.Close() }()
	b, err = io.ReadAll(q)
	fmt.Println(string(b), err, p.LocalAddr())
	p, q = net.Pipe()
	p.SetReadDeadline(time.Now().Add(time.Millisecond))
	_, err = p.Read(b)
	fmt.Println(err)

	// Buffers.
	l, _ = net.Listen("tcp", "127.0.0.1:0")
	if l != nil {
		go func() {
			c, _ := l.Accept()
			v := net.Buffers{[]byte("one "), nil, []byte("two "), []byte("three")}
			n, err := v.WriteTo(c)
			fmt.Println(n, err, len(v))
			c.Close()
		}()
		c, err = net.Dial("tcp", l.Addr().String())
		b, err = io.ReadAll(c)
		fmt.Println(string(b), err)
	}
	for _, s := range []string{"1.2.3.4", "::1", "::ffff:1.2.3.4", "fe80::1%lo", "1.2.3", "01.2.3.4"} {
		fmt.Println(net.ParseIP(s), len(net.ParseIP(s)))
	}
	for _, s := range []string{"10.1.2.3/8", "2001:db8::5/33", "1.2.3.4/33", "1.2.3.4"} {
		fmt.Println(net.ParseCIDR(s))
	}
	for _, s := range []string{"a:1", "[::1]:2", "::1:2", "[::1]", "[a]b:1", "a", "[a:1", "a]:1", ":", "[a]:b]:1"} {
		h, p, err := net.SplitHostPort(s)
		fmt.Printf("%q %q %v\n", h, p, err)
	}
	fmt.Println(net.JoinHostPort("::1", "80"))
	fmt.Println(net.LookupPort("tcp", "http"))
	fmt.Println(net.LookupPort("tcp", "nosuch"))
	fmt.Println(net.LookupPort("tcp", "70000"))
	fmt.Println(net.ResolveTCPAddr("tcp", "localhost:https"))
	fmt.Println(net.ParseMAC("00:00:5e:00:53:01"))
	fmt.Println(net.ParseMAC("0000.5e00.5301"))
	fmt.Println(net.ParseMAC("00:00"))
	_, err = net.Listen("tcp", "1.2.3.4:0")
	fmt.Println(err)
	_, err = net.Listen("tcp", "127.0.0.1:99999")
	fmt.Println(err)
	_, err = net.Listen("udp", "127.0.0.1:0")
	fmt.Println(err)
	_, err = net.Dial("tcp", "")
	fmt.Println(err)
	_, err = net.Dial("ip4", "1.2.3.4")
	fmt.Println(err)
	l, _ = net.Listen("tcp", ":0")
	fmt.Println(l.Addr().(*net.TCPAddr).IP.IsUnspecified())
	c, err = net.Dial("tcp", l.Addr().String())
	fmt.Println(c.RemoteAddr().(*net.TCPAddr).IP.IsLoopback(), err)
}
