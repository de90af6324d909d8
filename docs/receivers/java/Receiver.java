// Receives hookswitch's events in Java 17 or newer, with nothing to install:
//   WEBHOOK_SECRET="whsec_…" PORT=3000 java Receiver.java

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Receiver {
    static final long TOLERANCE_SECONDS = 5 * 60;
    static final int MAX_BYTES = 8 * 1024 * 1024;
    /** More than any relay adds; bounds the work that a stranger can ask for. */
    static final int MAX_SIGNATURES = 20;
    /** What stands before the 32 bytes of an ed25519 key in DER (RFC 8410). */
    static final byte[] ED25519_DER = HexFormat.of().parseHex("302a300506032b6570032100");

    public static void main(String[] args) throws Exception {
        var secrets = readSecrets(System.getenv().getOrDefault("WEBHOOK_SECRET", ""));
        var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
        var inbox = new Inbox();
        // Seconds; nobody holds a thread for longer.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        var server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newFixedThreadPool(200));
        server.createContext("/", exchange -> {
            int status = 500; // It comes again.
            try {
                status = receive(exchange, secrets, inbox);
            } finally {
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            }
        });
        server.start();
    }

    static int receive(HttpExchange exchange, List<Key> secrets, Inbox inbox) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) return 405;
        var body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) return 413;
        var headers = exchange.getRequestHeaders();
        if (!verify(headers, body, secrets, Instant.now().getEpochSecond())) return 401;
        Event event;
        try {
            event = Event.read(new String(body, StandardCharsets.UTF_8));
        } catch (RuntimeException notAnEvent) {
            return 400;
        }
        inbox.keep(headers.getFirst("webhook-id"), event, "1".equals(headers.getFirst("webhook-replay")));
        return 204;
    }

    /** Reads `whsec_…` (proves v1) and `whpk_…` (proves v1a), several with blanks between: any of them may have signed. */
    static List<Key> readSecrets(String text) throws GeneralSecurityException {
        var secrets = new ArrayList<Key>();
        for (var secret : text.strip().split("\\s+")) {
            var parts = secret.split("_", 2);
            if (parts.length < 2) throw new IllegalArgumentException("WEBHOOK_SECRET is neither whsec_… nor whpk_…");
            var bytes = Base64.getDecoder().decode(parts[1]);
            switch (parts[0]) {
                case "whsec" -> secrets.add(new SecretKeySpec(bytes, "HmacSHA256"));
                case "whpk" -> {
                    var der = new X509EncodedKeySpec(concat(ED25519_DER, bytes));
                    secrets.add(KeyFactory.getInstance("Ed25519").generatePublic(der));
                }
                default -> throw new IllegalArgumentException("WEBHOOK_SECRET is neither whsec_… nor whpk_…");
            }
        }
        return secrets;
    }

    /** Whether one of the secrets signed exactly these bytes, less than five minutes ago. */
    static boolean verify(Headers headers, byte[] body, List<Key> secrets, long now) {
        var id = headers.getFirst("webhook-id");
        var timestamp = headers.getFirst("webhook-timestamp");
        var signatures = headers.getFirst("webhook-signature");
        if (id == null || id.isEmpty() || timestamp == null || signatures == null) return false;
        if (!timestamp.matches("[0-9]{1,15}")) return false;
        if (Math.abs(now - Long.parseLong(timestamp)) > TOLERANCE_SECONDS) return false;
        var content = concat((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8), body);
        for (var signature : Arrays.stream(signatures.split(" ")).limit(MAX_SIGNATURES).toList()) {
            for (var secret : secrets) {
                if (isSigned(content, signature, secret)) return true;
            }
        }
        return false;
    }

    static boolean isSigned(byte[] content, String signature, Key secret) {
        try {
            if (secret instanceof PublicKey key) {
                if (!signature.startsWith("v1a,")) return false;
                var ed25519 = Signature.getInstance("Ed25519");
                ed25519.initVerify(key);
                ed25519.update(content);
                return ed25519.verify(Base64.getDecoder().decode(signature.substring("v1a,".length())));
            }
            if (!signature.startsWith("v1,")) return false;
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            var given = Base64.getDecoder().decode(signature.substring("v1,".length()));
            return MessageDigest.isEqual(mac.doFinal(content), given);
        } catch (GeneralSecurityException | IllegalArgumentException notASignature) {
            return false;
        }
    }

    static byte[] concat(byte[] head, byte[] tail) {
        var bytes = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, bytes, head.length, tail.length);
        return bytes;
    }

    /** An event, as far as this program reads it. */
    record Event(String id, String source, String type, String subject, Instant time, String sequence, String corrects) {
        static Event read(String text) {
            var json = (Map<?, ?>) new Json(text).read();
            if (json == null || !json.containsKey("type")) throw new IllegalArgumentException("no event");
            return new Event(
                    (String) json.get("id"),
                    (String) json.get("source"),
                    (String) json.get("type"),
                    (String) (json.containsKey("subject") ? json.get("subject") : json.get("id")),
                    Instant.parse((String) json.get("time")),
                    (String) json.get("sequence"),
                    (String) json.get("corrects"));
        }

        /** Events come in any order: a late one may not overwrite a newer one, a correction always does. */
        boolean isOutdatedBy(Event held) {
            if (held.id.equals(corrects)) return false;
            if (id.equals(held.corrects)) return true;
            int order = time.compareTo(held.time);
            return order == 0 ? sequence.compareTo(held.sequence) < 0 : order < 0;
        }
    }

    /**
     * Keeps events in memory, so that this file runs alone: a restart forgets. Yours are two tables, and what is kept is
     * written before the answer.
     */
    static class Inbox {
        private final Set<String> known = ConcurrentHashMap.newKeySet();
        private final Map<String, Event> newest = new HashMap<>();
        private final ExecutorService worker = Executors.newSingleThreadExecutor();

        /** Keeps each event once, by its id; one that an operator replays is worked on again. */
        void keep(String id, Event event, boolean isReplay) {
            boolean again = !known.add(id);
            if (isReplay || !again) worker.execute(() -> work(event, again));
        }

        /** Runs after the answer. */
        private void work(Event event, boolean again) {
            var key = event.source + " " + event.subject;
            var held = newest.get(key);
            boolean late = held != null && event.isOutdatedBy(held);
            if (!late) newest.put(key, event);
            var line = event.type + " " + event.subject + (late ? " late" : "") + (again ? " again" : "")
                    + (event.corrects == null ? "" : " corrects " + event.corrects);
            switch (event.type) {
                // Yours: an upsert of the call, unless it is late.
                case "call.completed", "call.dispositioned" -> System.out.println(line);
                // There will be new types: never fail because of one.
                default -> System.out.println("ignored " + event.type);
            }
        }
    }

    /** Java reads no JSON of its own. Where you have Jackson or Gson, use that; this is enough for an event. */
    static class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object read() {
            var value = value();
            if (peek() != 0) throw new IllegalArgumentException("not JSON");
            return value;
        }

        private Object value() {
            return switch (peek()) {
                case '{' -> object();
                case '[' -> array();
                case '"' -> string();
                case 't' -> word("true", true);
                case 'f' -> word("false", false);
                case 'n' -> word("null", null);
                default -> number();
            };
        }

        private Map<String, Object> object() {
            var members = new LinkedHashMap<String, Object>();
            for (take('{'); peek() != '}'; skip(',', '}')) {
                var name = string();
                take(':');
                members.put(name, value());
            }
            take('}');
            return members;
        }

        private List<Object> array() {
            var items = new ArrayList<>();
            for (take('['); peek() != ']'; skip(',', ']')) items.add(value());
            take(']');
            return items;
        }

        private String string() {
            take('"');
            var string = new StringBuilder();
            for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
                string.append(c == '\\' ? escaped(text.charAt(at++)) : c);
            }
            return string.toString();
        }

        private char escaped(char c) {
            return switch (c) {
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> (char) Integer.parseInt(text.substring(at, at += 4), 16);
                default -> c;
            };
        }

        /** With all its digits. */
        private BigDecimal number() {
            int start = at;
            while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) at++;
            return new BigDecimal(text.substring(start, at));
        }

        private Object word(String word, Object meaning) {
            if (!text.startsWith(word, at)) throw new IllegalArgumentException("not JSON");
            at += word.length();
            return meaning;
        }

        private char peek() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
            return at < text.length() ? text.charAt(at) : 0;
        }

        private void take(char c) {
            if (peek() != c) throw new IllegalArgumentException("not JSON");
            at++;
        }

        private void skip(char separator, char end) {
            if (peek() != end) take(separator);
        }
    }
}
