package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

// capture fetches one profile of each kind from the running service: KIND-NAME-ROUND.pb.gz.
func capture(url, out, name string, round, seconds int) error {
	kinds := []struct{ kind, path string }{
		{"cpu", fmt.Sprintf("profile?seconds=%d", seconds)},
		{"heap", "heap?gc=1"}, {"mutex", "mutex"}, {"block", "block"}, {"goroutine", "goroutine"},
	}
	for _, k := range kinds {
		file := filepath.Join(out, fmt.Sprintf("%s-%s-%d.pb.gz", k.kind, name, round))
		if err := download(url+"/debug/pprof/"+k.path, file); err != nil {
			return err
		}
	}
	return nil
}

func download(url, file string) error {
	response, err := http.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", url, response.Status)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	return os.WriteFile(file, body, 0o644)
}
