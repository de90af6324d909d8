// Tells what the libraries make of deliveries: java -cp 'jars/*' Accepts.java deliveries.json

import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.cloudevents.http.HttpMessageFactory;
import java.io.File;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

public class Accepts {
    public static void main(String[] args) throws Exception {
        var told = new ObjectMapper().readTree(new File(args[0]));
        var webhook = new Webhook(told.get("secret").asText());
        int verified = 0, changed = 0, parsed = 0;
        for (var delivery : told.get("deliveries")) {
            var headers = new HashMap<String, List<String>>();
            delivery.get("headers").fields().forEachRemaining(
                    field -> headers.put(field.getKey(), List.of(field.getValue().asText())));
            var body = delivery.get("body").binaryValue();
            if (isVerified(webhook, headers, body)) verified++;
            var longer = java.util.Arrays.copyOf(body, body.length + 1);
            longer[body.length] = ' ';
            if (isVerified(webhook, headers, longer)) changed++;
            if (!delivery.get("to").asText().equals("cloudevents")) continue;
            var event = HttpMessageFactory.createReaderFromMultimap(headers, body).toEvent();
            if (event.getId().equals(headers.get("webhook-id").get(0))) parsed++;
        }
        var versions = new ArrayList<String>();
        for (var jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
            var name = new File(jar).getName();
            if (name.matches("(standardwebhooks|cloudevents-http-basic)-.*")) versions.add(name.replace(".jar", ""));
        }
        var count = Map.of("verified", verified, "changed", changed, "parsed", parsed, "versions", versions);
        System.out.println(new ObjectMapper().writeValueAsString(count));
    }

    static boolean isVerified(Webhook webhook, Map<String, List<String>> headers, byte[] body) throws Exception {
        try {
            webhook.verify(new String(body, StandardCharsets.UTF_8), HttpHeaders.of(headers, (name, value) -> true));
            return true;
        } catch (WebhookVerificationException refused) {
            return false;
        }
    }
}
