// RUN: %gosubc build -o %t %s && %t | FileCheck %s --match-full-lines
// RUN: %exits 2 %t crash %t.log 2>/dev/null; FileCheck %s --check-prefix=LOG < %t.log
// runtime/debug: the text form of BuildInfo, SetTraceback, SetCrashOutput.
package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"time"
)

func waiter() { time.Sleep(time.Hour) }

func crash(file string) {
	f, err := os.Create(file)
	if err == nil {
		err = debug.SetCrashOutput(f, debug.CrashOptions{})
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	f.Close()
	debug.SetTraceback("all")
	go waiter()
	time.Sleep(10 * time.Millisecond)
	println("not in the log")
	panic("crashed")
	// LOG-NOT: not in the log
	// LOG: panic: crashed
	// LOG: goroutine 1 [running]:
	// LOG: main.crash
	// LOG: [sleep]:
	// LOG: main.waiter
}

func main() {
	if len(os.Args) > 2 {
		crash(os.Args[2])
	}
	b := &debug.BuildInfo{
		GoVersion: "go1.27.3",
		Path:      "ex.com/m/cmd",
		Main:      debug.Module{Path: "ex.com/m", Version: "(devel)"},
		Deps: []*debug.Module{
			{Path: "ex.com/a", Version: "v1.2.3", Sum: "h1:xyz="},
			{Path: "ex.com/b", Version: "v0.1.0", Replace: &debug.Module{Path: "../b"}},
		},
		Settings: []debug.BuildSetting{{Key: "-tags", Value: "a,b"}, {Key: "x y", Value: "p=q"}},
	}
	fmt.Printf("%q\n", b.String())
	// CHECK: "go\tgo1.27.3\npath\tex.com/m/cmd\nmod\tex.com/m\t(devel)\t\ndep\tex.com/a\tv1.2.3\th1:xyz=\ndep\tex.com/b\tv0.1.0\n=>\t../b\t\t\n\nbuild\t-tags=a,b\nbuild\t\"x y\"=p=q\n"
	again, err := debug.ParseBuildInfo(b.String())
	// CHECK-NEXT: true <nil>
	fmt.Println(again.String() == b.String(), err)
	for _, s := range []string{"mod\tx\n", "=>\ta\tb\tc\n", "go\t1\nbuild\tx\n", "build\ta b=c\n"} {
		_, err = debug.ParseBuildInfo(s)
		fmt.Println(err)
	}
	// CHECK-NEXT: could not parse Go build info: line 1: expected 2 or 3 columns; got 1
	// CHECK-NEXT: could not parse Go build info: line 1: replacement with no module on previous line
	// CHECK-NEXT: could not parse Go build info: line 2: build line missing '=' after key
	// CHECK-NEXT: could not parse Go build info: line 1: unquoted key "a b" must be quoted
}
