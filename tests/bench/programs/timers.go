// Many timers: started, stopped, reset and fired.
// Group: concurrency
package main

import (
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	timers := make([]*time.Timer, 100000)
	for i := range timers {
		timers[i] = time.AfterFunc(time.Hour+time.Duration(i*7919%100003)*time.Millisecond, func() {})
	}
	for range 5 {
		for i, t := range timers {
			t.Reset(time.Hour + time.Duration(i*104729%100003)*time.Millisecond)
		}
	}
	stopped := 0
	for _, t := range timers {
		if t.Stop() {
			stopped++
		}
	}
	for i := range 20000 {
		wg.Add(1)
		time.AfterFunc(time.Duration(i%1000)*time.Microsecond, wg.Done)
	}
	wg.Wait()
	for range 2000 {
		wg.Go(func() {
			for range 10 {
				time.Sleep(10 * time.Microsecond)
			}
		})
	}
	wg.Wait()
	println(stopped)
}
