// This file makes tests during which the race detector found something fail.

package testing

import (
	"internal/race"
	"sync/atomic"
)

// racesSeen counts the data races that tests have been charged with.
var racesSeen atomic.Int64

// checkRaces charges the test with the races that no other has been charged with.
func (c *common) checkRaces() {
	if !race.Enabled {
		return
	}
	found := int64(race.Errors())
	for {
		seen := racesSeen.Load()
		if found <= seen {
			return
		}
		if racesSeen.CompareAndSwap(seen, found) {
			c.endLine()
			c.emit("    testing.go: race detected during execution of test\n")
			c.Fail()
			return
		}
	}
}
