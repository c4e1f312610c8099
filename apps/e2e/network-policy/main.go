// Command network-policy answers what two NetworkPolicy engines say of probes, so that the evaluator of @atlas/checks is
// held against engines that others wrote. With the argument "cases" it prints the cases of Cyclonus instead.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/mattfenwick/cyclonus/pkg/generator"
	"github.com/mattfenwick/cyclonus/pkg/matcher"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"sigs.k8s.io/kube-network-policies/pkg/networkpolicy"
)

// world is one line of the input: objects, and what is asked about them.
type world struct {
	Namespaces []*corev1.Namespace
	Pods       []*corev1.Pod
	Policies   []*networkingv1.NetworkPolicy
	Probes     []networkpolicy.Probe
}

// answers is one line of the output, with a verdict of each engine for each probe.
type answers struct {
	Cyclonus            []bool
	KubeNetworkPolicies []bool
}

func main() {
	out := json.NewEncoder(os.Stdout)
	if len(os.Args) > 1 && os.Args[1] == "cases" {
		must(out.Encode(cases()))
		return
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var asked world
		must(json.Unmarshal(lines.Bytes(), &asked))
		for _, policy := range asked.Policies {
			setDefaults(policy)
		}
		must(out.Encode(answers{cyclonus(asked), networkpolicy.Answer(asked.Namespaces, asked.Pods, asked.Policies, asked.Probes)}))
	}
	must(lines.Err())
}

// setDefaults does what the API server does on admission, and the engines rely on.
func setDefaults(policy *networkingv1.NetworkPolicy) {
	spec := &policy.Spec
	if len(spec.PolicyTypes) == 0 {
		spec.PolicyTypes = []networkingv1.PolicyType{networkingv1.PolicyTypeIngress}
		if len(spec.Egress) != 0 {
			spec.PolicyTypes = append(spec.PolicyTypes, networkingv1.PolicyTypeEgress)
		}
	}
	// An empty list is not stored.
	if len(spec.Ingress) == 0 {
		spec.Ingress = nil
	}
	if len(spec.Egress) == 0 {
		spec.Egress = nil
	}
	tcp := corev1.ProtocolTCP
	defaulted := func(ports []networkingv1.NetworkPolicyPort) {
		for index := range ports {
			if ports[index].Protocol == nil {
				ports[index].Protocol = &tcp
			}
		}
	}
	for _, rule := range spec.Ingress {
		defaulted(rule.Ports)
	}
	for _, rule := range spec.Egress {
		defaulted(rule.Ports)
	}
}

func cyclonus(asked world) []bool {
	policy := matcher.BuildNetworkPolicies(false, asked.Policies)
	labels := map[string]map[string]string{}
	for _, namespace := range asked.Namespaces {
		labels[namespace.Name] = namespace.Labels
	}
	pods := map[string]*corev1.Pod{}
	for _, pod := range asked.Pods {
		pods[pod.Status.PodIP] = pod
	}
	peer := func(ip string) *matcher.TrafficPeer {
		pod := pods[ip]
		if pod == nil {
			return &matcher.TrafficPeer{IP: ip}
		}
		return &matcher.TrafficPeer{IP: ip, Internal: &matcher.InternalPeer{
			PodLabels: pod.Labels, NamespaceLabels: labels[pod.Namespace], Namespace: pod.Namespace,
		}}
	}
	verdicts := []bool{}
	for _, probe := range asked.Probes {
		verdicts = append(verdicts, policy.IsTrafficAllowed(&matcher.Traffic{
			Source:           peer(probe.From),
			Destination:      peer(probe.To),
			ResolvedPort:     probe.Port,
			ResolvedPortName: nameOfPort(pods[probe.To], probe),
			Protocol:         probe.Protocol,
		}).IsAllowed())
	}
	return verdicts
}

// nameOfPort is what the destination calls the port; Cyclonus has its caller look that up.
func nameOfPort(pod *corev1.Pod, probe networkpolicy.Probe) string {
	if pod == nil {
		return ""
	}
	for _, container := range pod.Spec.Containers {
		for _, port := range container.Ports {
			if int(port.ContainerPort) == probe.Port && port.Protocol == probe.Protocol {
				return port.Name
			}
		}
	}
	return ""
}

// step is what is there after a step of one of Cyclonus's cases, beside its namespaces x, y and z with pods a, b and c.
type step struct {
	Description     string                        `json:"description"`
	Policies        []*networkingv1.NetworkPolicy `json:"policies"`
	NamespaceLabels map[string]map[string]string  `json:"namespaceLabels"`
	PodLabels       map[string]map[string]string  `json:"podLabels"`
}

func cases() [][]step {
	all := [][]step{}
	for _, each := range generator.NewTestCaseGenerator(true, "10.0.0.9", []string{"x", "y", "z"}, nil, nil).GenerateAllTestCases() {
		policies := map[string]*networkingv1.NetworkPolicy{}
		namespaces, pods := map[string]map[string]string{}, map[string]map[string]string{}
		steps := []step{}
		for _, taken := range each.Steps {
			for _, action := range taken.Actions {
				switch {
				case action.CreatePolicy != nil:
					put(policies, action.CreatePolicy.Policy)
				case action.UpdatePolicy != nil:
					put(policies, action.UpdatePolicy.Policy)
				case action.DeletePolicy != nil:
					delete(policies, action.DeletePolicy.Namespace+"/"+action.DeletePolicy.Name)
				case action.SetNamespaceLabels != nil:
					namespaces[action.SetNamespaceLabels.Namespace] = action.SetNamespaceLabels.Labels
				case action.SetPodLabels != nil:
					pods[action.SetPodLabels.Namespace+"/"+action.SetPodLabels.Pod] = action.SetPodLabels.Labels
				}
			}
			steps = append(steps, step{each.Description, slices.AppendSeq([]*networkingv1.NetworkPolicy{}, maps.Values(policies)), maps.Clone(namespaces), maps.Clone(pods)})
		}
		all = append(all, steps)
	}
	return all
}

func put(policies map[string]*networkingv1.NetworkPolicy, policy *networkingv1.NetworkPolicy) {
	copied := policy.DeepCopy()
	copied.TypeMeta.SetGroupVersionKind(networkingv1.SchemeGroupVersion.WithKind("NetworkPolicy"))
	policies[copied.Namespace+"/"+copied.Name] = copied
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
