// Receives hookswitch's events in Go 1.22 or newer, with nothing to install:
//
//	WEBHOOK_SECRET="whsec_…" PORT=3000 go run receiver.go
package main

import (
	"cmp"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	tolerance = 5 * time.Minute
	maxBytes  = 8 << 20
	// More than any relay adds; bounds the work that a stranger can ask for.
	maxSignatures = 20
)

// A secret is whsec_… (proves v1) or whpk_… (proves v1a).
type secret struct {
	version string
	key     []byte
}

// readSecrets reads several with blanks between: any of them may have signed.
func readSecrets(text string) ([]secret, error) {
	var secrets []secret
	for _, word := range strings.Fields(text) {
		kind, encoded, _ := strings.Cut(word, "_")
		version := map[string]string{"whsec": "v1", "whpk": "v1a"}[kind]
		key, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil || len(key) == 0 || version == "" || version == "v1a" && len(key) != ed25519.PublicKeySize {
			return nil, errors.New("WEBHOOK_SECRET is neither whsec_… nor whpk_…")
		}
		secrets = append(secrets, secret{version, key})
	}
	if len(secrets) == 0 {
		return nil, errors.New("WEBHOOK_SECRET is not set")
	}
	return secrets, nil
}

// verify tells whether one of the secrets signed exactly these bytes, less than five minutes ago.
func verify(header http.Header, body []byte, secrets []secret, now time.Time) bool {
	id, timestamp := header.Get("webhook-id"), header.Get("webhook-timestamp")
	seconds, err := strconv.ParseUint(timestamp, 10, 62)
	if id == "" || err != nil || now.Sub(time.Unix(int64(seconds), 0)).Abs() > tolerance {
		return false
	}
	content := append([]byte(id+"."+timestamp+"."), body...)
	given := strings.Split(header.Get("webhook-signature"), " ")
	for _, text := range given[:min(len(given), maxSignatures)] {
		version, encoded, _ := strings.Cut(text, ",")
		signature, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil {
			continue
		}
		for _, s := range secrets {
			if s.version == version && s.signed(content, signature) {
				return true
			}
		}
	}
	return false
}

func (s secret) signed(content, signature []byte) bool {
	if s.version == "v1a" {
		return ed25519.Verify(s.key, content, signature)
	}
	mac := hmac.New(sha256.New, s.key)
	mac.Write(content)
	return hmac.Equal(mac.Sum(nil), signature)
}

// An event, as far as this program reads it. Digits of Data stay as they came.
type event struct {
	ID       string          `json:"id"`
	Source   string          `json:"source"`
	Type     string          `json:"type"`
	Subject  string          `json:"subject"`
	Time     time.Time       `json:"time"`
	Sequence string          `json:"sequence"`
	Corrects string          `json:"corrects"`
	Data     json.RawMessage `json:"data"`
}

type task struct {
	event event
	again bool
}

// An inbox keeps events in memory, so that this file runs alone: a restart forgets. Yours are two tables, and what is
// kept is written before the answer.
type inbox struct {
	mutex  sync.Mutex
	known  map[string]bool
	newest map[string]event // By source and subject.
	todo   chan task
}

// keep keeps each event once, by its id; one that an operator replays is worked on again.
func (b *inbox) keep(id string, e event, isReplay bool) {
	b.mutex.Lock()
	again := b.known[id]
	b.known[id] = true
	b.mutex.Unlock()
	if isReplay || !again {
		b.todo <- task{e, again}
	}
}

// work runs after the answer.
func (b *inbox) work(e event, again bool) {
	subject := cmp.Or(e.Subject, e.ID)
	key := e.Source + " " + subject
	held, found := b.newest[key]
	late := found && e.outdatedBy(held)
	if !late {
		b.newest[key] = e
	}
	line := []string{e.Type, subject}
	if late {
		line = append(line, "late")
	}
	if again {
		line = append(line, "again")
	}
	if e.Corrects != "" {
		line = append(line, "corrects", e.Corrects)
	}
	switch e.Type {
	case "call.completed", "call.dispositioned": // Yours: an upsert of the call, unless it is late.
		fmt.Println(strings.Join(line, " "))
	default: // There will be new types: never fail because of one.
		fmt.Println("ignored", e.Type)
	}
}

// outdatedBy: events come in any order, and a late one may not overwrite a newer one; a correction always does.
func (e event) outdatedBy(held event) bool {
	switch {
	case e.Corrects == held.ID:
		return false
	case held.Corrects == e.ID:
		return true
	}
	return cmp.Or(e.Time.Compare(held.Time), strings.Compare(e.Sequence, held.Sequence)) < 0
}

func (b *inbox) receive(w http.ResponseWriter, r *http.Request, secrets []secret) int {
	if r.Method != http.MethodPost {
		return http.StatusMethodNotAllowed
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBytes))
	if err != nil {
		return http.StatusRequestEntityTooLarge
	}
	if !verify(r.Header, body, secrets, time.Now()) {
		return http.StatusUnauthorized
	}
	var e event
	if json.Unmarshal(body, &e) != nil || e.Type == "" {
		return http.StatusBadRequest
	}
	b.keep(r.Header.Get("webhook-id"), e, r.Header.Get("webhook-replay") == "1")
	return http.StatusNoContent
}

func main() {
	secrets, err := readSecrets(os.Getenv("WEBHOOK_SECRET"))
	if err != nil {
		log.Fatal(err)
	}
	box := &inbox{known: map[string]bool{}, newest: map[string]event{}, todo: make(chan task, 1000)}
	go func() {
		for t := range box.todo {
			box.work(t.event, t.again)
		}
	}()
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(box.receive(w, r, secrets))
	})
	server := &http.Server{Addr: ":" + cmp.Or(os.Getenv("PORT"), "3000"), Handler: handler, ReadTimeout: 10 * time.Second}
	log.Fatal(server.ListenAndServe())
}
