// Command database-url says what Go's net/url, by which Atlas and its operator read the URLs of databases, makes of a URL,
// and what Go's templates, in which External Secrets writes one, make of a template.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"strings"
	"text/template"
)

// asked is a line of the input: a template, which a URL without fields is, too, and the fields for it.
type asked struct {
	Template string
	Fields   map[string]string
}

// read is a line of the output.
type read struct {
	URL, Scheme, User, Password, Hostname, Port, Path string
	Query                                             map[string][]string
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	out := json.NewEncoder(os.Stdout)
	// As sprig has it, which External Secrets gives to its templates.
	replace := func(old, new, text string) string { return strings.ReplaceAll(text, old, new) }
	for lines.Scan() {
		var given asked
		must(json.Unmarshal(lines.Bytes(), &given))
		parsed, err := template.New("").Funcs(template.FuncMap{"replace": replace}).Parse(given.Template)
		must(err)
		var text strings.Builder
		must(parsed.Execute(&text, given.Fields))
		found, err := url.Parse(text.String())
		must(err)
		query, err := url.ParseQuery(found.RawQuery)
		must(err)
		password, _ := found.User.Password()
		must(out.Encode(read{text.String(), found.Scheme, found.User.Username(), password, found.Hostname(), found.Port(), found.Path, query}))
	}
	must(lines.Err())
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
