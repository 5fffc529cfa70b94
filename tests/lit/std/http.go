// RUN: %gosubc run %s | diff %S/Inputs/http.out -
// Packages net/http and httptest: servers, clients and muxes on loopback. Expected: Go's output.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"testing/fstest"
	"time"
)

func show(resp *http.Response, err error) {
	if err != nil {
		var ue *url.Error
		if errors.As(err, &ue) {
			fmt.Println("error", ue.Op, ue.Err)
			return
		}
		fmt.Println("error", err)
		return
	}
	b, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	resp.Header.Del("Date")
	if len(b) > 300 {
		b = b[:300]
	}
	fmt.Printf("%s %v %d %v %v %q %v\n", resp.Status, resp.Header, resp.ContentLength, resp.TransferEncoding, resp.Trailer, b, err)
}

func get(base, path string, header ...string) {
	req, err := http.NewRequest("GET", base+path, nil)
	if err != nil {
		panic(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	show(http.DefaultClient.Do(req))
}

// raw sends bytes and returns everything that comes back.
func raw(addr, text string) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		panic(err)
	}
	defer c.Close()
	io.WriteString(c, text)
	b, _ := io.ReadAll(c)
	lines := strings.Split(string(b), "\r\n")
	for i, l := range lines {
		if strings.HasPrefix(l, "Date: ") {
			lines[i] = "Date: now"
		}
	}
	fmt.Printf("%q\n", strings.Join(lines, "\r\n"))
}

func main() {
	log.SetOutput(io.Discard)
	gone := make(chan error, 1)
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "root ", r.Pattern) })
	mux.HandleFunc("GET /items/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "item %s of %s", r.PathValue("id"), r.Pattern)
	})
	mux.HandleFunc("GET /items/new", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "new item") })
	mux.HandleFunc("/files/{rest...}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.PathValue("rest")) })
	mux.HandleFunc("/tree/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "tree ", r.URL.Path) })
	mux.HandleFunc("POST /form", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, r.FormValue("a"), r.PostFormValue("b"), r.ParseForm(), r.Form["a"])
	})
	mux.HandleFunc("POST /upload", func(w http.ResponseWriter, r *http.Request) {
		f, h, err := r.FormFile("f")
		if err != nil {
			http.Error(w, err.Error(), 400)
			return
		}
		b, _ := io.ReadAll(f)
		fmt.Fprintf(w, "%s %d %s %s", h.Filename, h.Size, b[:5], r.FormValue("k"))
	})
	mux.HandleFunc("/trailer", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-Sum")
		io.WriteString(w, "body")
		w.(http.Flusher).Flush()
		w.Header().Set("X-Sum", "42")
		w.Header().Set(http.TrailerPrefix+"X-Late", "yes")
	})
	mux.HandleFunc("/cookie", func(w http.ResponseWriter, r *http.Request) {
		c, err := r.Cookie("k")
		http.SetCookie(w, &http.Cookie{Name: "k", Value: "v w", Path: "/", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode})
		fmt.Fprint(w, c, err)
	})
	mux.HandleFunc("/redirect", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/items/7?x=1", http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", 302) })
	mux.HandleFunc("/panic", func(w http.ResponseWriter, r *http.Request) { panic("oh") })
	mux.HandleFunc("/empty", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
	mux.HandleFunc("/early", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(103)
		io.WriteString(w, "<html>late</html>")
	})
	mux.HandleFunc("/limited", func(w http.ResponseWriter, r *http.Request) {
		_, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 10))
		http.Error(w, fmt.Sprint(err), 413)
	})
	mux.HandleFunc("/wait", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
			gone <- r.Context().Err()
		case <-time.After(10 * time.Second):
			gone <- nil
		}
	})
	mux.HandleFunc("/hijack", func(w http.ResponseWriter, r *http.Request) {
		c, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		defer c.Close()
		fmt.Fprintf(rw, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
		rw.Flush()
		line, _ := rw.ReadString('\n')
		rw.WriteString("echo " + line)
		rw.Flush()
	})
	mux.Handle("/slow", http.TimeoutHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), 10*time.Millisecond, "too slow"))
	mux.Handle("/static/", http.StripPrefix("/static/", http.FileServerFS(fstest.MapFS{
		"a.txt":           {Data: []byte("0123456789"), ModTime: time.Unix(1e9, 0)},
		"dir/b <&>.html":  {Data: []byte("<p>")},
		"site/index.html": {Data: []byte("<h1>index</h1>")},
	})))
	srv := httptest.NewServer(mux)
	base, addr := srv.URL, srv.Listener.Addr().String()
	for _, p := range []string{"/", "/nothing", "/items/5", "/items/a%2Fb", "/items/new", "/items/", "/files/a/b//c", "/tree", "/tree/x", "/trailer",
		"/empty", "/early", "/redirect", "/loop", "/slow", "/cookie", "/panic", "//x/../items/9", "/static/", "/static/a.txt",
		"/static/dir", "/static/dir/", "/static/site/", "/static/site/index.html", "/static/no"} {
		fmt.Print(p, ": ")
		get(base, p)
	}
	get(base, "/static/a.txt", "Range", "bytes=2-4")
	get(base, "/static/a.txt", "Range", "bytes=-3")
	get(base, "/static/a.txt", "Range", "bytes=20-")
	get(base, "/static/a.txt", "If-Modified-Since", time.Unix(1e9, 0).UTC().Format(http.TimeFormat))
	get(base, "/cookie", "Cookie", "a=b; k=\"q\"; c")
	show(http.PostForm(base+"/form?a=q", url.Values{"a": {"1"}, "b": {"2 3"}}))
	show(http.Post(base+"/items/5", "text/plain", strings.NewReader("x")))
	show(http.Post(base+"/limited", "text/plain", strings.NewReader(strings.Repeat("x", 100))))
	show(http.Head(base + "/items/5"))
	var form bytes.Buffer
	mw := multipart.NewWriter(&form)
	mw.WriteField("k", "v")
	fw, _ := mw.CreateFormFile("f", "name.txt")
	io.WriteString(fw, "hello file")
	mw.Close()
	show(http.Post(base+"/upload", mw.FormDataContentType(), &form))

	// As bytes.
	raw(addr, "GET /items/1 HTTP/1.0\r\n\r\n")
	raw(addr, "GET /items/1 HTTP/1.1\r\nHost: x\r\n\r\nGET /items/2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	raw(addr, "GET / HTTP/1.1\r\n\r\n")
	raw(addr, "BAD\r\n\r\n")
	raw(addr, "GET / HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n")
	raw(addr, "POST /form HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n4;x=y\r\n&b=2\r\n0\r\n\r\n")
	raw(addr, "POST /form HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\na=1")
	raw(addr, "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n")
	raw(addr, "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

	// A client that goes away, and one whose time is over.
	ctx, cancel := context.WithCancel(context.Background())
	req, _ := http.NewRequestWithContext(ctx, "GET", base+"/wait", nil)
	time.AfterFunc(20*time.Millisecond, cancel)
	show(http.DefaultClient.Do(req))
	fmt.Println(<-gone)
	short := &http.Client{Timeout: 20 * time.Millisecond}
	_, err := short.Get(base + "/wait")
	fmt.Println(err.(net.Error).Timeout(), errors.Is(err, context.DeadlineExceeded), <-gone)

	// A connection taken over.
	c, err := net.Dial("tcp", addr)
	fmt.Fprintf(c, "GET /hijack HTTP/1.1\r\nHost: x\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\nhello\n")
	br := bufio.NewReader(c)
	resp, err := http.ReadResponse(br, nil)
	line, _ := br.ReadString('\n')
	fmt.Printf("%s %q %v\n", resp.Status, line, err)
	c.Close()

	// Many at once.
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[string]int{}
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 4, MaxIdleConnsPerHost: 4}}
	for i := range 200 {
		wg.Go(func() {
			resp, err := client.Get(fmt.Sprintf("%s/items/%d", base, i%10))
			if err != nil {
				panic(err)
			}
			b, _ := io.ReadAll(resp.Body)
			resp.Body.Close()
			mu.Lock()
			seen[string(b)]++
			mu.Unlock()
		})
	}
	wg.Wait()
	var keys []string
	for k, n := range seen {
		keys = append(keys, fmt.Sprint(k, "=", n))
	}
	sort.Strings(keys)
	fmt.Println(keys)
	client.CloseIdleConnections()
	srv.Close()
	_, err = http.Get(base)
	fmt.Println(err != nil)

	// Shutdown waits.
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	started := make(chan bool)
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started <- true
		time.Sleep(20 * time.Millisecond)
		io.WriteString(w, "finished")
	})}
	served := make(chan error)
	go func() { served <- s.Serve(l) }()
	down := make(chan error)
	go func() { <-started; down <- s.Shutdown(context.Background()) }()
	resp, err = http.Get("http://" + l.Addr().String())
	b, _ := io.ReadAll(resp.Body)
	fmt.Println(string(b), err)
	fmt.Println(<-served, <-down)

	// Without a connection.
	rec := httptest.NewRecorder()
	mux.ServeHTTP(rec, httptest.NewRequest("GET", "/items/3", nil))
	show(rec.Result(), nil)
	dir, _ := os.MkdirTemp("", "http")
	defer os.RemoveAll(dir)
	os.WriteFile(filepath.Join(dir, "f.json"), []byte("{}"), 0o666)
	rec = httptest.NewRecorder()
	http.ServeFile(rec, httptest.NewRequest("GET", "/any", nil), filepath.Join(dir, "f.json"))
	res := rec.Result()
	res.Header.Del("Last-Modified")
	show(res, nil)
	for _, pair := range [][2]string{{"/a/{x}", "/a/{y}"}, {"GET /a/{x}", "/a/b"}, {"/{x}/b", "/a/{y}"}, {"/a", "/a/"}, {"h/", "/"}, {"/b/{x...}", "/b/c"}, {"/a/{", "/"}} {
		func() {
			defer func() {
				if v := recover(); v != nil {
					fmt.Println("panics:", strings.Split(fmt.Sprint(v), " (registered")[0])
				}
			}()
			m := http.NewServeMux()
			m.Handle(pair[0], http.NotFoundHandler())
			m.Handle(pair[1], http.NotFoundHandler())
			fmt.Println("fine:", pair)
		}()
	}
	var out bytes.Buffer
	r, _ := http.NewRequest("PUT", "http://u:p@h.example:80/p?q#f", strings.NewReader("body"))
	r.Header.Set("X-Y", "z")
	r.Write(&out)
	fmt.Printf("%q\n", out.String())
	for _, data := range []string{"<html>", "%PDF-1", "\x89PNG\r\n\x1a\n", "plain", "\x00\x01", "GIF89a", "{}"} {
		fmt.Println(http.DetectContentType([]byte(data)))
	}
	fmt.Println(http.ParseSetCookie("a=b; Path=/; Max-Age=5; Expires=Wed, 21 Oct 2015 07:28:00 GMT; Secure; Odd=1"))
}
