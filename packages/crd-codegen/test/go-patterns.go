// Says what Go's package regexp, which the API server asks, makes of patterns: it reads a JSON list of patterns with their
// texts, and writes for each pattern null where it is none, or whether it is found in each text.
package main

import (
	"encoding/json"
	"os"
	"regexp"
)

type question struct {
	Pattern string
	Texts   []string
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		panic(err)
	}
	verdicts := make([][]bool, len(questions))
	for i, question := range questions {
		expression, err := regexp.Compile(question.Pattern)
		if err != nil {
			continue
		}
		verdicts[i] = make([]bool, len(question.Texts))
		for j, text := range question.Texts {
			verdicts[i][j] = expression.MatchString(text)
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(verdicts); err != nil {
		panic(err)
	}
}
