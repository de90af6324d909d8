// Tells what the libraries make of deliveries: go run accepts.go deliveries.json
package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"runtime/debug"
	"strings"

	cloudevents "github.com/cloudevents/sdk-go/v2"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

type told struct {
	Secret     string
	Deliveries []struct {
		To      string
		Headers map[string]string
		Body    []byte
	}
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	must(err)
	var told told
	must(json.Unmarshal(text, &told))
	webhook, err := standardwebhooks.NewWebhook(told.Secret)
	must(err)
	var verified, changed, parsed int
	for _, delivery := range told.Deliveries {
		request, err := http.NewRequest(http.MethodPost, "/", bytes.NewReader(delivery.Body))
		must(err)
		for name, value := range delivery.Headers {
			request.Header.Set(name, value)
		}
		if webhook.Verify(delivery.Body, request.Header) == nil {
			verified++
		}
		if webhook.Verify(append(delivery.Body, ' '), request.Header) == nil {
			changed++
		}
		if delivery.To != "cloudevents" {
			continue
		}
		event, err := cloudevents.NewEventFromHTTPRequest(request)
		must(err)
		must(event.Validate())
		if event.ID() == delivery.Headers["webhook-id"] {
			parsed++
		}
	}
	versions := map[string]string{}
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if strings.Contains(module.Path, "standard-webhooks") || strings.HasPrefix(module.Path, "github.com/cloudevents/sdk-go") {
			versions[module.Path] = module.Version
		}
	}
	must(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"verified": verified, "changed": changed, "parsed": parsed, "versions": versions,
	}))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
