// Package networkpolicy is compiled into the package of that name of kube-network-policies, whose engine it asks.
package networkpolicy

import (
	"context"
	"net"

	v1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	corelisters "k8s.io/client-go/listers/core/v1"
	networkinglisters "k8s.io/client-go/listers/networking/v1"
	"k8s.io/client-go/tools/cache"
)

// Probe is a connection that is asked about, between two addresses.
type Probe struct {
	From, To string
	Port     int
	Protocol v1.Protocol
}

// Answer says of each probe whether the engine lets it through.
func Answer(namespaces []*v1.Namespace, pods []*v1.Pod, policies []*networkingv1.NetworkPolicy, probes []Probe) []bool {
	engine := &Controller{
		namespaceLister:     corelisters.NewNamespaceLister(indexed(namespaces)),
		podLister:           corelisters.NewPodLister(indexed(pods)),
		networkpolicyLister: networkinglisters.NewNetworkPolicyLister(indexed(policies)),
		getPodAssignedToIP: func(ip string) *v1.Pod {
			for _, pod := range pods {
				if pod.Status.PodIP == ip {
					return pod
				}
			}
			return nil
		},
	}
	verdicts := []bool{}
	for _, probe := range probes {
		verdicts = append(verdicts, engine.evaluatePacket(context.Background(), packet{
			srcIP: net.ParseIP(probe.From), dstIP: net.ParseIP(probe.To),
			srcPort: 50000, dstPort: probe.Port, proto: probe.Protocol,
		}))
	}
	return verdicts
}

func indexed[Object any](objects []Object) cache.Indexer {
	index := cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc})
	for _, object := range objects {
		if err := index.Add(object); err != nil {
			panic(err)
		}
	}
	return index
}
