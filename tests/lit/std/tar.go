// RUN: %gosubc run %s | sed 's/0x[0-9a-f]*/PTR/g' | diff %S/Inputs/tar.out -
// Package tar: reading whole, cut and damaged archives of all formats, as Go does.

package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
)

func show(d []byte) {
	t := tar.NewReader(bytes.NewReader(d))
	for {
		h, err := t.Next()
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%c %q %q %d %o %d %d %q %q %v %v %v %v %v\n", h.Typeflag, h.Name, h.Linkname, h.Size, h.Mode, h.Uid, h.Gid, h.Uname, h.Gname, h.ModTime.UTC(), h.PAXRecords, h.Format, h.FileInfo().Mode(), h.FileInfo().Name())
		if h.Name != "lnk" {
			b, err := io.ReadAll(t)
			fmt.Println(len(b), err)
		}
	}
}

func main() {
	for _, s := range []string{"H4sIAAAAAAACA+3WTQqDMBCG4ax7Ck/QJmZMziO0WKgo+AP29o3FTbuQ0mpA+z6LGQyBLIZ8Jj92Q6fWpbUWn2VjD+zUZeraGKuVsT71YsbvsO6dNyrRKoK+7fImHNm38/uKRu3R9VKW9YFKXbYqbML5tP4ZY6jP5P8z89/y39iQ/xn5v7qyukWZvxP5fP5GWycqSfMIj5M/n/99Yd/NX17nL965dOPvv+EHMe9/XRX8BQEAAAAAAAAAAIB9eAAC3JhtACgAAA==", "H4sIAAAAAAACA+2XTU7DMBCFveYUOUEyY4/tbQ+QS0QqKoioFSWIlhXX6Tm4GBPUov6IFonGhOR9kTxJFMmL53kvU+XNqjHdQkQSvW+r4rZVtpWYHRl20Ubh9lnfx+DYZGQS8PzUVMss03r+u9nSDJG727pe3GDFet3VgH/BtOh+j9bUz/j/p+cf+T9F9X8P/++cev6QRP8g8nP9mZwVk9kqwc/JyPXPi7yYlIv5rLzv7CTsNP6mkuVwcBa0/6NX/cuU/T9SVr+gWF8ZxPEg9b/s/3Lo/y6wEOa/JPmv1o8uGC+9yH8bT/M/IP9T8NpL0JdD0n+X/2+63+TLD/bzn4/z3wZB/qfgES2A/P/z+d+f5r9D/qfgfdOfC904TP0vz/+8d69e4K0Vh/xPwQtaAAAAABgdH/P8IS8AKAAA", "H4sIAAAAAAACA+2ZXU6DQBCA95lT7AlgZ3/7QvTRR69AAmkbaasUInojz+HFXCwxgg01EUaU+Uh2AiHhYZj5ZiEJy7pk0yKE0M6YJnpUG3UbBYASDJSTTkNz7q8764BxwRCojmVS+EdWx+H71gX7j2yyPD8EtNI67sqIP0EaTf+MpqkP9P/3nt/r/6B8/zfU/ycn39+h5N9q/f38g1BWMy4ThOFk4fkPozC6vk3qmyxJs2K6/J/q+mwUUrrOu+DzL8EyXmPW/0L7Pxjg90m5iesfED2NDI0PWGCk/XL/193+r6z0gfZ/GP4/7NdUBctlFv638qv/Dfkfxf9WnPz/PEsCWPFqm8YgnPJ6WElNo8GoYCSx639xxv/Q97/xt5P/EXigEiD//7b/P74NfvK/I//j7P9b/7++zOcIpOK7crvLYj+etITSkPrH52oULtf/8P6/53/wwx79/0XhkUqAIAiCIBbHGzH6mbQAKAAA"} {
		z, _ := base64.StdEncoding.DecodeString(s)
		r, _ := gzip.NewReader(bytes.NewReader(z))
		d, err := io.ReadAll(r)
		fmt.Println(len(d), err)
		show(d)
		for _, n := range []int{0, 1, 511, 512, 600, 1536, 2048} {
			show(d[:n])
		}
		for i := 0; i < 512; i += 50 {
			b := bytes.Clone(d)
			b[i] ^= 1
			show(b)
		}
	}
}
