//go:build tools

// Package controlplane names what go.mod keeps although no Go file uses it: Istio's CRDs are a file of this module.
package controlplane

import _ "istio.io/api/label"
