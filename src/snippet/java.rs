//! Java from version 11 on, with its standard library. Before 18, a compiler reads sources in the code page of
//! the machine.

use super::call::Call;
use super::quote::{Charset, Printable};
use super::template::{Literals, fill};

const TEMPLATE: &str = r#"
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;

public class Snippet {
    // The token goes to these addresses alone, wherever the service redirects to.
    static final Pattern TRUSTED = Pattern.compile(«TRUSTED»);

    public static void main(String[] arguments) throws Exception {
        String token = «TOKEN»;
        «variable»if (token == null) throw new IllegalStateException("«VARIABLE» has to hold the token");
        URI uri = URI.create(«URL»);
        HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
        for (int hop = 0; ; hop++) {
            HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                «body».header("Content-Type", "application/json")
                .method("«METHOD»", «PUBLISHER»)
                .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            int status = response.statusCode();
            if (status != 307 && status != 308) {
                System.out.println(response.body());
                if (status / 100 != 2) throw new IllegalStateException("The service answered " + status);
                return;
            }
            uri = uri.resolve(response.headers().firstValue("Location").orElse(""));
            if (hop >= 3 || !TRUSTED.matcher(uri.toString()).find()) {
                throw new IllegalStateException("Not followed: a redirect to another place");
            }
        }
    }
}
"#;

pub(super) fn snippet(call: &Call) -> String {
    let publisher = if call.body.is_some() {
        "HttpRequest.BodyPublishers.ofString(«BODY»)"
    } else {
        "HttpRequest.BodyPublishers.noBody()"
    };
    fill(&TEMPLATE.replace("«PUBLISHER»", publisher), &WRITES, call)
}

pub(super) const WRITES: Literals = Literals {
    charset: Charset::Ascii,
    literal: Printable::in_double_quotes,
    pattern: None,
    variable: |name| format!("System.getenv(\"{name}\")"),
};
