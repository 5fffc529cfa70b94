// Other programs: streams, exit codes, contexts, what is not there.
// A new process must not need memory before it is another program: every allocation collects in the second run.
//
// RUN: %gosubc build -o %t %s
// RUN: %t | FileCheck %s
// RUN: env GODEBUG=gcstress=1 %t | FileCheck %s
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"
)

func main() {
	out, err := exec.Command("echo", "a", "b").Output()
	fmt.Printf("%q %v\n", out, err) // CHECK: "a b\n" <nil>

	_, err = exec.Command("sh", "-c", "echo bad >&2; exit 3").Output()
	var exit *exec.ExitError
	fmt.Println(errors.As(err, &exit), err, exit.ExitCode(), strings.TrimSpace(string(exit.Stderr)))
	// CHECK-NEXT: true exit status 3 3 bad

	cmd := exec.Command("tr", "a-z", "A-Z")
	cmd.Stdin = strings.NewReader(strings.Repeat("text ", 100000))
	var b bytes.Buffer
	cmd.Stdout = &b
	fmt.Println(cmd.Run(), b.Len(), b.String()[:9], cmd.ProcessState) // CHECK-NEXT: <nil> 500000 TEXT TEXT exit status 0

	cmd = exec.Command("sh", "-c", "echo out; echo err >&2; pwd; echo $X")
	cmd.Dir, cmd.Env = "/", []string{"X=1", "X=2"}
	out, err = cmd.CombinedOutput()
	fmt.Printf("%q %v\n", out, err) // CHECK-NEXT: "out\nerr\n/\n2\n" <nil>

	cmd = exec.Command("cat")
	in, _ := cmd.StdinPipe()
	r, _ := cmd.StdoutPipe()
	fmt.Println(cmd.Start(), cmd.Start()) // CHECK-NEXT: <nil> exec: already started
	io.WriteString(in, "through")
	in.Close()
	all, _ := io.ReadAll(r)
	fmt.Println(string(all), cmd.Wait(), cmd.Wait()) // CHECK-NEXT: through <nil> exec: Wait was already called

	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	fmt.Println(exec.CommandContext(ctx, "sleep", "60").Run(), ctx.Err()) // CHECK-NEXT: signal: killed context deadline exceeded

	// The grandchild keeps the pipe open.
	cmd = exec.Command("sh", "-c", "sleep 60 & echo $!")
	b.Reset()
	cmd.Stdout, cmd.WaitDelay = &b, 50*time.Millisecond
	fmt.Println(cmd.Run()) // CHECK-NEXT: exec: WaitDelay expired before I/O complete
	exec.Command("kill", strings.TrimSpace(b.String())).Run()

	_, err = exec.LookPath("no-such-program")
	fmt.Println(err, errors.Is(err, exec.ErrNotFound)) // CHECK-NEXT: exec: "no-such-program": executable file not found in $PATH true
	fmt.Println(exec.Command("./nope").Run())          // CHECK-NEXT: fork/exec ./nope: no such file or directory
	fmt.Println(exec.Command("no-such-program", "x"))  // CHECK-NEXT: no-such-program x
	fmt.Println(new(exec.Cmd).Run())                   // CHECK-NEXT: exec: no command
}
