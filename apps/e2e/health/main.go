// Command health answers what those who wait for a custom resource make of it: Argo CD by a Lua script, Flux by CEL
// expressions, kstatus by itself and kubectl by the condition it waits for, so that one model is held against all four.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/fluxcd/pkg/runtime/cel"
	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/cli-runtime/pkg/genericiooptions"
	"k8s.io/cli-runtime/pkg/resource"
	"k8s.io/client-go/dynamic/fake"
	"k8s.io/kubectl/pkg/cmd/wait"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
)

// checks is the first line of the input.
type checks struct {
	Lua  string
	Flux kustomize.HealthCheckExpressions
	Wait string
}

// answers is a line of the output, for each object that is a line of the input.
type answers struct {
	ArgoCD, Flux, Kstatus string
	Waits                 bool
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	out := json.NewEncoder(os.Stdout)
	var given checks
	lines.Scan()
	must(json.Unmarshal(lines.Bytes(), &given))
	evaluator, err := cel.NewStatusEvaluator(&given.Flux)
	must(err)
	waits := waiting(given.Wait)
	for lines.Scan() {
		object := &unstructured.Unstructured{}
		must(object.UnmarshalJSON(lines.Bytes()))
		computed, err := status.Compute(object)
		must(err)
		must(out.Encode(answers{argocd(object, given.Lua), flux(object, evaluator), computed.Status.String(), waits(object)}))
	}
	must(lines.Err())
}

func flux(object *unstructured.Unstructured, evaluator *cel.StatusEvaluator) string {
	result, err := evaluator.Evaluate(context.Background(), object)
	if err != nil {
		// Flux asks again until its timeout where a field is not there yet; anything else is a fault of the expression.
		if _, found := object.Object["status"]; !found && strings.Contains(err.Error(), "no such attribute") {
			return status.InProgressStatus.String()
		}
		return err.Error()
	}
	return result.Status.String()
}

// argocd runs the script with what Argo CD lets it have, and the object as Argo CD hands it over.
func argocd(object *unstructured.Unstructured, script string) string {
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	for name, library := range map[string]lua.LGFunction{lua.BaseLibName: lua.OpenBase, lua.TabLibName: lua.OpenTable} {
		must(state.CallByParam(lua.P{Fn: state.NewFunction(library), Protect: true}, lua.LString(name)))
	}
	state.SetGlobal("obj", luaValue(state, object.Object))
	if err := state.DoString(script); err != nil {
		return err.Error()
	}
	result, ok := state.Get(-1).(*lua.LTable)
	if !ok {
		return "no table"
	}
	if message, ok := result.RawGetString("message").(lua.LString); !ok || message == "" {
		return "no message"
	}
	return result.RawGetString("status").String()
}

func luaValue(state *lua.LState, value any) lua.LValue {
	switch typed := value.(type) {
	case bool:
		return lua.LBool(typed)
	case float64:
		return lua.LNumber(typed)
	case int64:
		return lua.LNumber(typed)
	case string:
		return lua.LString(typed)
	case []any:
		table := state.CreateTable(len(typed), 0)
		for _, item := range typed {
			table.Append(luaValue(state, item))
		}
		return table
	case map[string]any:
		table := state.CreateTable(0, len(typed))
		for key, item := range typed {
			table.RawSetString(key, luaValue(state, item))
		}
		return table
	}
	return lua.LNil
}

// waiting is what `kubectl wait` does with this option, to objects that it is handed instead of asking a cluster for them.
func waiting(option string) func(*unstructured.Unstructured) bool {
	host := "http://127.0.0.1:1"
	config := genericclioptions.NewConfigFlags(false)
	config.APIServer = &host
	flags := wait.NewWaitFlags(config, genericiooptions.NewTestIOStreamsDiscard())
	flags.ForCondition = strings.TrimPrefix(option, "--for=")
	flags.Timeout = 0
	options, err := flags.ToOptions(nil)
	must(err)
	return func(object *unstructured.Unstructured) bool {
		version := object.GroupVersionKind()
		plural, _ := meta.UnsafeGuessKindToResource(version)
		options.DynamicClient = fake.NewSimpleDynamicClient(runtime.NewScheme(), object)
		mapping := &meta.RESTMapping{Resource: plural, GroupVersionKind: version, Scope: meta.RESTScopeNamespace}
		info := &resource.Info{Mapping: mapping, Namespace: object.GetNamespace(), Name: object.GetName()}
		_, met, err := options.ConditionFn(context.Background(), info, options)
		if err != nil && !strings.HasPrefix(err.Error(), "condition not met") {
			must(err)
		}
		return met
	}
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
