// Something to check, in a pod: an HTTP server that answers what it was told, and a client to ask others from there.
//
//	target serve ADDRESS   answers GET / with a status, 200 at first; PUT /503 makes it 503
//	target get URL         prints the status and the body
//	target put URL         the same, by PUT
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

func main() {
	var err error
	switch {
	case len(os.Args) == 3 && os.Args[1] == "serve":
		err = serve(os.Args[2])
	case len(os.Args) == 3 && (os.Args[1] == "get" || os.Args[1] == "put"):
		err = ask(strings.ToUpper(os.Args[1]), os.Args[2])
	default:
		err = fmt.Errorf("usage: target serve ADDRESS | get URL | put URL")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "target:", err)
		os.Exit(1)
	}
}

func serve(address string) error {
	var status atomic.Int32
	status.Store(http.StatusOK)
	host, _ := os.Hostname()
	fmt.Println("serving at", address)
	return http.ListenAndServe(address, http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		if request.Method == http.MethodPut {
			wanted, err := strconv.Atoi(strings.TrimPrefix(request.URL.Path, "/"))
			if err != nil || wanted < 200 || wanted > 599 {
				http.Error(answer, "PUT /200 to /599", http.StatusBadRequest)
				return
			}
			status.Store(int32(wanted))
			return
		}
		answer.WriteHeader(int(status.Load()))
		fmt.Fprintf(answer, "%s at %s\n", host, time.Now().UTC().Format(time.RFC3339Nano))
	}))
}

func ask(method, url string) error {
	request, err := http.NewRequest(method, url, nil)
	if err != nil {
		return err
	}
	answer, err := (&http.Client{Timeout: 10 * time.Second}).Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	fmt.Println(answer.StatusCode)
	_, err = io.Copy(os.Stdout, answer.Body)
	return err
}
