// This file holds readers and writers that are made of several.

package io

// TeeReader returns a Reader that writes to w all it reads from r, at once and
// without a buffer. An error in writing is reported as one of reading.
func TeeReader(r Reader, w Writer) Reader { return &tee{r, w} }

// tee is what TeeReader returns.
type tee struct {
	r Reader
	w Writer
}

// Read reads from r and writes it to w.
func (t *tee) Read(p []byte) (n int, err error) {
	n, err = t.r.Read(p)
	if n > 0 {
		if m, werr := t.w.Write(p[:n]); werr != nil {
			return m, werr
		}
	}
	return n, err
}

// chain reads from one Reader after the other.
type chain struct {
	rest []Reader
}

// MultiReader returns a Reader that reads from one of the readers after the
// other. It returns EOF when all have done so, and other errors as they come.
func MultiReader(readers ...Reader) Reader {
	return &chain{append([]Reader(nil), readers...)}
}

// ended is a Reader without input.
type ended struct{}

// Read returns EOF.
func (ended) Read([]byte) (int, error) { return 0, EOF }

// drop lets go of the first reader. The list may be shared with an outer chain,
// so something readable has to stay there.
func (c *chain) drop() {
	c.rest[0] = ended{}
	c.rest = c.rest[1:]
}

// Read reads from the first reader that is not at its end.
func (c *chain) Read(p []byte) (n int, err error) {
	for len(c.rest) > 0 {
		if len(c.rest) == 1 {
			// Chains of chains become flat, so that depth costs nothing.
			if inner, ok := c.rest[0].(*chain); ok {
				c.rest = inner.rest
				continue
			}
		}
		n, err = c.rest[0].Read(p)
		if err == EOF {
			c.drop()
		}
		if n > 0 || err != EOF {
			if err == EOF && len(c.rest) > 0 {
				err = nil
			}
			return n, err
		}
	}
	return 0, EOF
}

// WriteTo writes all that the readers have to w.
func (c *chain) WriteTo(w Writer) (n int64, err error) {
	return c.writeTo(w, make([]byte, 32<<10))
}

// writeTo is WriteTo with a buffer that inner chains share.
func (c *chain) writeTo(w Writer, buf []byte) (n int64, err error) {
	for len(c.rest) > 0 {
		var m int64
		if inner, ok := c.rest[0].(*chain); ok {
			m, err = inner.writeTo(w, buf)
		} else {
			m, err = transfer(w, c.rest[0], buf)
		}
		n += m
		if err != nil {
			return n, err
		}
		c.drop()
	}
	c.rest = nil
	return n, nil
}

// fan writes to several Writers.
type fan struct {
	writers []Writer
}

// MultiWriter returns a Writer that writes to all of the writers, one after the
// other. It stops at the first error and returns that.
func MultiWriter(writers ...Writer) Writer {
	all := make([]Writer, 0, len(writers))
	for _, w := range writers {
		if inner, ok := w.(*fan); ok {
			all = append(all, inner.writers...)
		} else {
			all = append(all, w)
		}
	}
	return &fan{all}
}

// Write writes p to all writers.
func (f *fan) Write(p []byte) (n int, err error) {
	for _, w := range f.writers {
		n, err = w.Write(p)
		if err != nil {
			return n, err
		}
		if n != len(p) {
			return n, ErrShortWrite
		}
	}
	return len(p), nil
}

// WriteString writes s to all writers. It is turned into bytes only once.
func (f *fan) WriteString(s string) (n int, err error) {
	var p []byte
	for _, w := range f.writers {
		if sw, ok := w.(StringWriter); ok {
			n, err = sw.WriteString(s)
		} else {
			if p == nil {
				p = []byte(s)
			}
			n, err = w.Write(p)
		}
		if err != nil {
			return n, err
		}
		if n != len(s) {
			return n, ErrShortWrite
		}
	}
	return len(s), nil
}
