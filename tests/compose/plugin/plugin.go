// Names what this module is for, so that `go mod tidy` keeps it: the plugin `docker compose`.
package main

import _ "github.com/docker/compose/v2/cmd/compose"

func main() {}
