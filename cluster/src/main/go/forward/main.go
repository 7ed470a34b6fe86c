// forward LISTEN NAMESPACE TARGET: accepts connections at an address of this network namespace, and hands each on to
// an address that is dialled from another one, which is named by a file such as /proc/PID/ns/net.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

func main() {
	if len(os.Args) != 4 {
		fail(fmt.Errorf("usage: forward LISTEN NAMESPACE TARGET"))
	}
	listener, err := net.Listen("tcp", os.Args[1])
	if err != nil {
		fail(err)
	}
	namespace, err := os.Open(os.Args[2])
	if err != nil {
		fail(err)
	}
	for {
		client, err := listener.Accept()
		if err != nil {
			fail(err)
		}
		go join(client, namespace, os.Args[3])
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "forward:", err)
	os.Exit(1)
}

func join(client net.Conn, namespace *os.File, target string) {
	defer client.Close()
	dialled := make(chan net.Conn)
	go func() {
		// never unlocked: the thread, which is in the other namespace from here on, ends with this goroutine
		runtime.LockOSThread()
		defer close(dialled)
		if err := unix.Setns(int(namespace.Fd()), unix.CLONE_NEWNET); err != nil {
			fail(err)
		}
		if server, err := net.Dial("tcp", target); err == nil {
			dialled <- server
		}
	}()
	server := <-dialled
	if server == nil {
		return
	}
	defer server.Close()
	ended := make(chan struct{}, 2)
	pipe := func(to, from net.Conn) {
		io.Copy(to, from)
		to.(*net.TCPConn).CloseWrite()
		ended <- struct{}{}
	}
	go pipe(server, client)
	go pipe(client, server)
	<-ended
	<-ended
}
