// URLs: parts, encodings, relative references; addresses in them.
// RUN: %gosubc run %s | FileCheck %s
package main

import (
	"fmt"
	"net/netip"
	"net/url"
)

func main() {
	u, err := url.Parse("HTTP://ann:p%40ss@[fe80::1%25eth0]:8080/a%2fb/c%20d?q=1&q=x+y#frag%20ment")
	fmt.Println(u.Scheme, u.User, u.Host, u.Path, u.RawPath, u.RawQuery, u.Fragment, err)
	// CHECK: http ann:p%40ss [fe80::1%eth0]:8080 /a/b/c d /a%2fb/c%20d q=1&q=x+y frag ment <nil>
	fmt.Println(u, u.Hostname(), u.Port(), u.Query()["q"], u.Redacted())
	// CHECK-NEXT: http://ann:p%40ss@[fe80::1%25eth0]:8080/a%2fb/c%20d?q=1&q=x+y#frag%20ment fe80::1%eth0 8080 [1 x y] http://ann:xxxxx@

	for _, s := range []string{":x", "http://h:p/", "http://[::1", "http://[x]/", "a\tb", "http://h/%zz", "1:2"} {
		_, err := url.Parse(s)
		fmt.Println(err)
	}
	// CHECK-NEXT: parse ":x": missing protocol scheme
	// CHECK-NEXT: parse "http://h:p/": invalid port ":p" after host
	// CHECK-NEXT: parse "http://[::1": missing ']' in host
	// CHECK-NEXT: parse "http://[x]/": invalid host: ParseAddr("x"): unable to parse IP
	// CHECK-NEXT: parse "a\tb": net/url: invalid control character in URL
	// CHECK-NEXT: parse "http://h/%zz": invalid URL escape "%zz"
	// CHECK-NEXT: parse "1:2": first path segment in URL cannot contain colon

	base, _ := url.Parse("http://a/b/c/d;p?q")
	for _, r := range []string{"g", "../g", "../../../g", "?y", "#s", "//h", "g:h", "./", "g?y#s"} {
		ref, _ := base.Parse(r)
		fmt.Print(ref, " ")
	}
	fmt.Println()
	// CHECK-NEXT: http://a/b/c/g http://a/b/g http://a/g http://a/b/c/d;p?y http://a/b/c/d;p?q#s http://h g:h http://a/b/c/ http://a/b/c/g?y#s
	fmt.Println(base.JoinPath("../x", "y/"), url.Values{"b": {"1 2"}, "a": {"&"}}.Encode())
	// CHECK-NEXT: http://a/b/c/x/y/?q a=%26&b=1+2

	for _, s := range []string{"::ffff:1.2.3.4", "1:0:0:2::3", "1.2.3", "1::2::3", "01.2.3.4"} {
		fmt.Println(netip.ParseAddr(s))
	}
	// CHECK-NEXT: ::ffff:1.2.3.4 <nil>
	// CHECK-NEXT: 1:0:0:2::3 <nil>
	// CHECK-NEXT: invalid IP ParseAddr("1.2.3"): IPv4 address too short
	// CHECK-NEXT: invalid IP ParseAddr("1::2::3"): multiple :: in address (at ":3")
	// CHECK-NEXT: invalid IP ParseAddr("01.2.3.4"): IPv4 field has octet with leading zero
	p := netip.MustParsePrefix("10.1.2.3/12")
	fmt.Println(p.Masked(), p.Contains(netip.MustParseAddr("10.15.0.0")), p.Contains(netip.MustParseAddr("10.16.0.0")))
	// CHECK-NEXT: 10.0.0.0/12 true false
	fmt.Println(netip.MustParseAddr("fe80::1%a").WithZone("") == netip.MustParseAddr("fe80::1"), netip.MustParseAddr("9.255.255.255").Next())
	// CHECK-NEXT: true 10.0.0.0
}
