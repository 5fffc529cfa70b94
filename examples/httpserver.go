// Httpserver keeps notes in memory and serves them by HTTP as JSON:
//
//	GET /notes            all notes
//	POST /notes           adds the note in the body
//	GET /notes/{id}       one note
//	DELETE /notes/{id}    removes it
//
// With an address (":8080") it serves until it is interrupted; without, it
// listens at a port of its own, asks itself, and stops.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Note is a note.
type Note struct {
	ID   int      `json:"id"`
	Text string   `json:"text"`
	Tags []string `json:"tags,omitempty"`
}

// Notes are all notes.
type Notes struct {
	mu   sync.RWMutex
	last int
	byID map[int]Note
}

func (n *Notes) list(w http.ResponseWriter, r *http.Request) {
	tag := r.URL.Query().Get("tag")
	n.mu.RLock()
	defer n.mu.RUnlock()
	all := []Note{}
	for _, note := range n.byID {
		if tag == "" || slices.Contains(note.Tags, tag) {
			all = append(all, note)
		}
	}
	slices.SortFunc(all, func(a, b Note) int { return a.ID - b.ID })
	reply(w, http.StatusOK, all)
}

func (n *Notes) add(w http.ResponseWriter, r *http.Request) {
	var note Note
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&note); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	n.mu.Lock()
	n.last++
	note.ID = n.last
	n.byID[note.ID] = note
	n.mu.Unlock()
	w.Header().Set("Location", fmt.Sprintf("/notes/%d", note.ID))
	reply(w, http.StatusCreated, note)
}

// one returns the note that a path names.
func (n *Notes) one(r *http.Request) (Note, bool) {
	id, err := strconv.Atoi(r.PathValue("id"))
	note, ok := n.byID[id]
	return note, err == nil && ok
}

func (n *Notes) get(w http.ResponseWriter, r *http.Request) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	note, ok := n.one(r)
	if !ok {
		http.NotFound(w, r)
		return
	}
	reply(w, http.StatusOK, note)
}

func (n *Notes) remove(w http.ResponseWriter, r *http.Request) {
	n.mu.Lock()
	defer n.mu.Unlock()
	note, ok := n.one(r)
	if !ok {
		http.NotFound(w, r)
		return
	}
	delete(n.byID, note.ID)
	w.WriteHeader(http.StatusNoContent)
}

func reply(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	json.NewEncoder(w).Encode(v)
}

// counted counts requests.
func counted(h http.Handler, count *int) http.Handler {
	var mu sync.Mutex
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		*count++
		mu.Unlock()
		h.ServeHTTP(w, r)
	})
}

func main() {
	notes := &Notes{byID: map[int]Note{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /notes", notes.list)
	mux.HandleFunc("POST /notes", notes.add)
	mux.HandleFunc("GET /notes/{id}", notes.get)
	mux.HandleFunc("DELETE /notes/{id}", notes.remove)

	addr := "127.0.0.1:0"
	if len(os.Args) > 1 {
		addr = os.Args[1]
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		log.Fatal(err)
	}
	requests := 0
	srv := &http.Server{Handler: counted(mux, &requests), ReadHeaderTimeout: 5 * time.Second}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(l) }()

	if len(os.Args) > 1 {
		log.Printf("serving at %v", l.Addr())
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		<-ctx.Done()
	} else {
		try("http://" + l.Addr().String())
	}
	if err := srv.Shutdown(context.Background()); err != nil {
		log.Fatal(err)
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
	fmt.Println(requests, "requests")
}

// try asks the server for everything it can do.
func try(base string) {
	ask := func(method, path, body string) {
		req, err := http.NewRequest(method, base+path, bytes.NewBufferString(body))
		if err != nil {
			log.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			log.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%s %s: %s\n", method, path, resp.Status)
		if len(b) > 0 {
			fmt.Printf("    %s\n", bytes.TrimSpace(b))
		}
	}
	ask("GET", "/notes", "")
	ask("POST", "/notes", `{"text": "buy milk", "tags": ["home"]}`)
	ask("POST", "/notes", `{"text": "write tests", "tags": ["work", "go"]}`)
	ask("POST", "/notes", `{"text": `)
	ask("GET", "/notes/2", "")
	ask("GET", "/notes?tag=home", "")
	ask("DELETE", "/notes/1", "")
	ask("GET", "/notes/1", "")
	ask("PUT", "/notes/2", "{}")
	ask("GET", "/notes", "")

	// Many clients at once.
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			for j := range 10 {
				resp, err := http.Post(base+"/notes", "application/json", bytes.NewBufferString(fmt.Sprintf(`{"text": "%d.%d"}`, i, j)))
				if err != nil {
					log.Fatal(err)
				}
				io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
		})
	}
	wg.Wait()
	resp, err := http.Get(base + "/notes")
	if err != nil {
		log.Fatal(err)
	}
	defer resp.Body.Close()
	var all []Note
	if err := json.NewDecoder(resp.Body).Decode(&all); err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(all), "notes")
}
