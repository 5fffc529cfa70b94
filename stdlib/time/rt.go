// This file declares what the runtime does for package time.

package time

// walltime returns the seconds since 1970 and sets the nanoseconds.
//
//go:linkname walltime gosubc_walltime
//go:noescape
func walltime(nsec *int64) int64

// nanotime returns the monotonic clock.
//
//go:linkname nanotime gosubc_nanotime
func nanotime() int64

// Sleep pauses the goroutine for at least d.
//
//go:linkname Sleep gosubc_sleep
func Sleep(d Duration)

// timerStart queues a timer; it returns whether it was queued already.
//
//go:linkname timerStart gosubc_timer_start
func timerStart(t *alarm) bool

// timerStop takes a timer out of the queue; it returns whether it was in it.
//
//go:linkname timerStop gosubc_timer_stop
func timerStop(t *alarm) bool

// timerChannel makes c one whose length and capacity are 0, as of an unbuffered one.
//
//go:linkname timerChannel gosubc_timer_channel
func timerChannel(c chan Time)
