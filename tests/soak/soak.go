// A soak: everything that the scheduler and the collector do, at once and for SOAK_SECONDS (60), while memory stays stable.
// Each part checks its own results; the program prints a line every tenth of its time, and `soak: ok` at the end.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

var (
	rounds [9]atomic.Int64
	names  = [...]string{"channels", "selects", "timers", "maps", "defers", "heap", "pipes", "locks", "sockets"}
)

func fail(format string, args ...any) {
	fmt.Printf("soak: FAILED: "+format+"\n", args...)
	os.Exit(1)
}

// Stages that pass numbers on; the last one adds them up.
func channels(context.Context) {
	const stages, n = 20, 500
	in := make(chan int, 3)
	out := in
	for s := 0; s < stages; s++ {
		next := make(chan int, s%3)
		go func(from <-chan int, to chan<- int) {
			for v := range from {
				to <- v + 1
			}
			close(to)
		}(out, next)
		out = next
	}
	go func() {
		for i := 0; i < n; i++ {
			in <- i
		}
		close(in)
	}()
	sum := 0
	for v := range out {
		sum += v
	}
	if want := n*(n-1)/2 + n*stages; sum != want {
		fail("channels: sum %d, want %d", sum, want)
	}
}

// Producers that are told to stop, consumers that select among all.
func selects(context.Context) {
	a, b, stop := make(chan int), make(chan string, 2), make(chan bool)
	var sent, got atomic.Int64
	var wg, all sync.WaitGroup
	for p := 0; p < 4; p++ {
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case a <- i:
				case b <- strconv.Itoa(i):
				case <-stop:
					return
				}
				sent.Add(1)
			}
		})
	}
	quit := make(chan bool)
	for c := 0; c < 3; c++ {
		all.Go(func() {
			for {
				select {
				case <-a:
				case <-b:
				case <-quit:
					for {
						select {
						case <-b:
							got.Add(1)
							continue
						default:
						}
						return
					}
				}
				if got.Add(1) == 500 {
					close(stop)
				}
			}
		})
	}
	wg.Wait()
	close(quit)
	all.Wait()
	if sent.Load() != got.Load() {
		fail("selects: %d sent, %d received", sent.Load(), got.Load())
	}
}

func timers(ctx context.Context) {
	var fired atomic.Int64
	var wg sync.WaitGroup
	stopped := 0
	for i := 0; i < 200; i++ {
		wg.Add(1)
		t := time.AfterFunc(time.Duration(i%50)*100*time.Microsecond, func() { fired.Add(1); wg.Done() })
		if i%3 == 0 && t.Stop() {
			stopped++
			wg.Done()
		} else if i%3 == 1 && t.Stop() {
			t.Reset(time.Millisecond)
		}
	}
	tick := time.NewTicker(time.Millisecond)
	for i := 0; i < 5; i++ {
		<-tick.C
	}
	tick.Stop()
	wg.Wait()
	if int(fired.Load()) != 200-stopped {
		fail("timers: %d fired, %d stopped", fired.Load(), stopped)
	}
	short, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	<-short.Done()
	if ctx.Err() == nil && !errors.Is(short.Err(), context.DeadlineExceeded) {
		fail("timers: context says %v", short.Err())
	}
}

func maps(context.Context) {
	m := map[string][]int{}
	ints := map[int]*[4]int{}
	for i := 0; i < 20000; i++ {
		k := "key" + strconv.Itoa(i%2000)
		m[k] = append(m[k], i)
		ints[i*7919%10007] = &[4]int{i}
		if i%5 == 0 {
			delete(m, "key"+strconv.Itoa((i*31)%2000))
			delete(ints, i)
		}
	}
	for k, list := range m {
		for _, v := range list {
			if "key"+strconv.Itoa(v%2000) != k {
				fail("maps: %d below %s", v, k)
			}
		}
	}
	for k, p := range ints {
		if p[0]*7919%10007 != k {
			fail("maps: %d below %d", p[0], k)
		}
	}
}

func recursive(n int) (r int) {
	defer func() {
		if e := recover(); e != nil {
			r = e.(int) + 1
			if n > 0 {
				panic(r)
			}
		}
	}()
	if n == 40 {
		panic(n)
	}
	return recursive(n + 1)
}

func defers(context.Context) {
	for i := 0; i < 20; i++ {
		if r := recursive(0); r != 81 {
			fail("defers: %d", r)
		}
	}
	done := make(chan int)
	go func() {
		defer func() { done <- 1 }()
		defer func() {
			if e, ok := recover().(runtime.Error); !ok || !strings.Contains(e.Error(), "nil pointer") {
				fail("defers: %v", e)
			}
			runtime.Goexit()
		}()
		var p *[10]int
		done <- p[5]
	}()
	<-done
}

type tree struct {
	left, right *tree
	key         int
}

func plant(depth, key int) *tree {
	if depth == 0 {
		return &tree{key: key}
	}
	return &tree{plant(depth-1, 2*key), plant(depth-1, 2*key+1), key}
}

func (t *tree) check(key int) int {
	if t == nil {
		return 0
	}
	if t.key != key {
		fail("heap: key %d, want %d", t.key, key)
	}
	return 1 + t.left.check(2*key) + t.right.check(2*key+1)
}

// Grows to some 80 MB and shrinks again; stacks grow and shrink, too.
func heap(context.Context) {
	var forest []*tree
	var bytes [][]byte
	for i := 0; i < 60; i++ {
		forest = append(forest, plant(14, 1))
		bytes = append(bytes, make([]byte, i*1000))
	}
	for i := 0; i < 500; i++ {
		forest[i*7%len(forest)] = plant(10, 1)
	}
	for _, t := range forest {
		if n := t.check(1); n != 1<<11-1 && n != 1<<15-1 {
			fail("heap: %d nodes", n)
		}
	}
	for i, b := range bytes {
		if len(b) != i*1000 {
			fail("heap: length %d", len(b))
		}
	}
	var deep func(n int) int
	deep = func(n int) int {
		var pad [16]int
		pad[n%16] = n
		if n == 0 {
			return 0
		}
		return deep(n-1) + pad[n%16] - n + 1
	}
	result := make(chan int)
	go func() { result <- deep(20000) }()
	if n := <-result; n != 20000 {
		fail("heap: depth %d", n)
	}
}

func pipes(context.Context) {
	r, w, err := os.Pipe()
	if err != nil {
		fail("pipes: %v", err)
	}
	go func() {
		for i := 0; i < 200; i++ {
			fmt.Fprintf(w, "line %d\n", i)
			if i%50 == 0 {
				time.Sleep(100 * time.Microsecond)
			}
		}
		w.Close()
	}()
	all, err := io.ReadAll(r)
	r.Close()
	if err != nil || strings.Count(string(all), "\n") != 200 || !strings.HasSuffix(string(all), "line 199\n") {
		fail("pipes: %v, %d bytes", err, len(all))
	}
}

// A server that sends lines back, and clients; one of them waits until its deadline.
func sockets(context.Context) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fail("sockets: %v", err)
	}
	var served, clients sync.WaitGroup
	served.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			served.Go(func() {
				io.Copy(c, c)
				c.Close()
			})
		}
	})
	for id := 0; id < 4; id++ {
		clients.Go(func() {
			c, err := net.Dial("tcp", l.Addr().String())
			if err != nil {
				fail("sockets: %v", err)
			}
			defer c.Close()
			r := bufio.NewReader(c)
			for i := 0; i < 30; i++ {
				want := strings.Repeat(strconv.Itoa(id), i*50) + "\n"
				if _, err := io.WriteString(c, want); err != nil {
					fail("sockets: %v", err)
				}
				if got, err := r.ReadString('\n'); got != want {
					fail("sockets: %d bytes of %d, %v", len(got), len(want), err)
				}
			}
			if id == 0 {
				c.SetReadDeadline(time.Now().Add(time.Millisecond))
				if _, err := r.ReadByte(); !errors.Is(err, os.ErrDeadlineExceeded) {
					fail("sockets: %v", err)
				}
			}
		})
	}
	clients.Wait()
	l.Close()
	served.Wait()
}

func locks(context.Context) {
	var mu sync.Mutex
	var rw sync.RWMutex
	var wg sync.WaitGroup
	cond := sync.NewCond(&mu)
	pool := sync.Pool{New: func() any { return new([64]int) }}
	n, shared, ready := 0, 0, false
	for g := 0; g < 50; g++ {
		wg.Go(func() {
			mu.Lock()
			for !ready {
				cond.Wait()
			}
			mu.Unlock()
			for i := 0; i < 100; i++ {
				mu.Lock()
				n++
				mu.Unlock()
				if i%10 == 0 {
					rw.Lock()
					shared++
					rw.Unlock()
				} else {
					rw.RLock()
					_ = shared
					rw.RUnlock()
				}
				b := pool.Get().(*[64]int)
				b[i%64]++
				pool.Put(b)
			}
		})
	}
	mu.Lock()
	ready = true
	cond.Broadcast()
	mu.Unlock()
	wg.Wait()
	if n != 5000 || shared != 500 {
		fail("locks: %d, %d", n, shared)
	}
}

// Resident memory in MB.
func resident() int {
	text, err := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(text))
	if err != nil || len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.Atoi(fields[1])
	return pages * os.Getpagesize() >> 20
}

func main() {
	seconds, err := strconv.ParseFloat(os.Getenv("SOAK_SECONDS"), 64)
	if err != nil {
		seconds = 60
	}
	total := time.Duration(seconds * float64(time.Second))
	ctx, cancel := context.WithTimeout(context.Background(), total)
	defer cancel()
	parts := [...]func(context.Context){channels, selects, timers, maps, defers, heap, pipes, locks, sockets}
	var wg sync.WaitGroup
	for i, part := range parts {
		wg.Go(func() {
			for ctx.Err() == nil {
				part(ctx)
				rounds[i].Add(1)
			}
		})
	}
	// The peak of each tenth, by samples.
	peaks := make([]int, 0, 10)
	for tenth := 0; tenth < 10; tenth++ {
		peak := 0
		var before [len(rounds)]int64
		for i := range rounds {
			before[i] = rounds[i].Load()
		}
		for end := time.Now().Add(total / 10); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			peak = max(peak, resident())
		}
		peaks = append(peaks, peak)
		line := fmt.Sprintf("%3d%%: %d MB, %d goroutines;", 10*(tenth+1), peak, runtime.NumGoroutine())
		for i := range rounds {
			line += fmt.Sprintf(" %s %d", names[i], rounds[i].Load()-before[i])
		}
		fmt.Println(line)
	}
	// How quick a part is depends on the others: only one that never comes round stands still.
	for i := range rounds {
		if rounds[i].Load() == 0 && total >= time.Minute {
			fail("%s stands still", names[i])
		}
	}
	wg.Wait()
	first, second := 0, 0
	for i, p := range peaks {
		if i < 5 {
			first = max(first, p)
		} else {
			second = max(second, p)
		}
	}
	if second > first+first/2+64 {
		fail("memory grows: %d MB, then %d MB", first, second)
	}
	for i := 0; i < 100 && runtime.NumGoroutine() > 1; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > 1 {
		fail("%d goroutines are left", n)
	}
	fmt.Println("soak: ok")
}
