// This file holds connections of protocols that are text.

// Package textproto holds what HTTP, NNTP and SMTP have in common: headers,
// answers with numbers, text that ends with a dot.
package textproto

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
)

// An Error is an answer with a number that says that something failed.
type Error struct {
	Code int
	Msg  string
}

func (e *Error) Error() string {
	code := strconv.Itoa(e.Code)
	for len(code) < 3 {
		code = "0" + code
	}
	return code + " " + e.Msg
}

// A ProtocolError is an answer that breaks the rules.
type ProtocolError string

func (p ProtocolError) Error() string { return string(p) }

// A Conn is a connection: requests written, answers read, in order.
type Conn struct {
	Reader
	Writer
	Pipeline
	conn io.ReadWriteCloser
}

// NewConn returns a Conn that uses conn.
func NewConn(conn io.ReadWriteCloser) *Conn {
	return &Conn{
		Reader: Reader{R: bufio.NewReader(conn)},
		Writer: Writer{W: bufio.NewWriter(conn)},
		conn:   conn,
	}
}

// Close closes the connection.
func (c *Conn) Close() error { return c.conn.Close() }

// Dial connects to an address and returns a Conn.
func Dial(network, addr string) (*Conn, error) {
	c, err := net.Dial(network, addr)
	if err != nil {
		return nil, err
	}
	return NewConn(c), nil
}

// Cmd sends a line when it is its turn, and returns the number with which the
// answer is waited for (StartResponse, EndResponse).
func (c *Conn) Cmd(format string, args ...any) (id uint, err error) {
	id = c.Next()
	c.StartRequest(id)
	err = c.PrintfLine(format, args...)
	c.EndRequest(id)
	if err != nil {
		return 0, err
	}
	return id, nil
}

// A Pipeline keeps requests and their answers in order.
type Pipeline struct {
	mu       sync.Mutex
	next     uint
	request  turn
	response turn
}

// turn lets numbers pass one after another.
type turn struct {
	mu      sync.Mutex
	now     uint
	waiting map[uint]chan struct{}
}

func (t *turn) start(id uint) {
	t.mu.Lock()
	if t.now == id {
		t.mu.Unlock()
		return
	}
	c := make(chan struct{})
	if t.waiting == nil {
		t.waiting = map[uint]chan struct{}{}
	}
	t.waiting[id] = c
	t.mu.Unlock()
	<-c
}

func (t *turn) end(id uint) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.now != id {
		panic("out of sync")
	}
	t.now++
	if c, ok := t.waiting[t.now]; ok {
		delete(t.waiting, t.now)
		close(c)
	}
}

// Next returns the next number.
func (p *Pipeline) Next() uint {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next++
	return p.next - 1
}

// StartRequest waits until request id may be sent.
func (p *Pipeline) StartRequest(id uint) { p.request.start(id) }

// EndRequest says that request id has been sent.
func (p *Pipeline) EndRequest(id uint) { p.request.end(id) }

// StartResponse waits until answer id may be read.
func (p *Pipeline) StartResponse(id uint) { p.response.start(id) }

// EndResponse says that answer id has been read.
func (p *Pipeline) EndResponse(id uint) { p.response.end(id) }

// A Writer writes requests.
type Writer struct {
	W   *bufio.Writer
	dot *dotWriter
}

// NewWriter returns a Writer to w.
func NewWriter(w *bufio.Writer) *Writer { return &Writer{W: w} }

// PrintfLine writes a line.
func (w *Writer) PrintfLine(format string, args ...any) error {
	w.closeDot()
	fmt.Fprintf(w.W, format, args...)
	w.W.WriteString("\r\n")
	return w.W.Flush()
}

// DotWriter returns a writer whose text is made fit: lines that begin with a
// dot get another, ends of lines a \r, and the end a line with a dot.
func (w *Writer) DotWriter() io.WriteCloser {
	w.closeDot()
	w.dot = &dotWriter{w: w, lineStart: true}
	return w.dot
}

func (w *Writer) closeDot() {
	if w.dot != nil {
		w.dot.Close()
	}
}

type dotWriter struct {
	w         *Writer
	lineStart bool
	cr        bool // the last byte was \r
}

func (d *dotWriter) Write(b []byte) (n int, err error) {
	out := d.w.W
	for ; n < len(b); n++ {
		c := b[n]
		if d.lineStart && c == '.' {
			out.WriteByte('.')
		}
		if c == '\n' && !d.cr {
			out.WriteByte('\r')
		}
		d.lineStart, d.cr = c == '\n', c == '\r'
		if err = out.WriteByte(c); err != nil {
			return n, err
		}
	}
	return n, nil
}

func (d *dotWriter) Close() error {
	if d.w.dot == d {
		d.w.dot = nil
	}
	switch {
	case d.cr:
		d.w.W.WriteString("\n")
	case !d.lineStart:
		d.w.W.WriteString("\r\n")
	}
	d.w.W.WriteString(".\r\n")
	return d.w.W.Flush()
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// TrimString returns s without ASCII space around.
func TrimString(s string) string {
	for len(s) > 0 && isSpace(s[0]) {
		s = s[1:]
	}
	for len(s) > 0 && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

// TrimBytes returns b without ASCII space around.
func TrimBytes(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}
