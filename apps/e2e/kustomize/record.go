// Package krusty is compiled into Kustomize's own package of that name, whose tests it records.
package krusty

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

var recorded int

// record writes what a test is about to build into a folder of its own: its files, and in case.json the test and the
// folder that it builds.
func record(fSys filesys.FileSystem, path string) {
	recorded++
	name := testName()
	folder := filepath.Join(os.Getenv("KUSTOMIZE_CASES"), fmt.Sprintf("%03d-%s", recorded, name))
	root := "/"
	if temp := os.TempDir() + "/"; strings.HasPrefix(path, temp) {
		root = temp + strings.SplitN(strings.TrimPrefix(path, temp), "/", 2)[0]
		path, _ = filepath.Rel(root, path)
	} else if filepath.IsAbs(path) && isOnDisk(path) {
		return
	}
	must(fSys.Walk(root, func(file string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() || info.Mode()&os.ModeSymlink != 0 {
			return err
		}
		content, err := fSys.ReadFile(file)
		if err != nil {
			return err
		}
		inner, err := filepath.Rel(root, "/"+strings.TrimPrefix(file, "/"))
		must(err)
		write(filepath.Join(folder, "files", inner), content)
		return nil
	}))
	content, err := json.Marshal(map[string]string{"test": name, "path": strings.TrimPrefix(path, "/")})
	must(err)
	write(filepath.Join(folder, "case.json"), content)
}

func testName() string {
	callers := make([]uintptr, 50)
	frames := runtime.CallersFrames(callers[:runtime.Callers(0, callers)])
	for {
		frame, more := frames.Next()
		if _, name, isTest := strings.Cut(frame.Function, "krusty_test.Test"); isTest {
			return "Test" + strings.SplitN(name, ".", 2)[0]
		}
		if !more {
			return "unnamed"
		}
	}
}

func isOnDisk(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func write(path string, content []byte) {
	must(os.MkdirAll(filepath.Dir(path), 0o755))
	must(os.WriteFile(path, content, 0o644))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
