//! Java with `OkHttp`, any version from 3 on.

use super::call::Call;
use super::java::WRITES;
use super::template::fill;

const TEMPLATE: &str = r#"
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

public class Snippet {
    // The token goes to these addresses alone, wherever the service redirects to.
    static final Pattern TRUSTED = Pattern.compile(«TRUSTED»);

    public static void main(String[] arguments) throws Exception {
        String token = «TOKEN»;
        «variable»if (token == null) throw new IllegalStateException("«VARIABLE» has to hold the token");
        HttpUrl url = HttpUrl.get(«URL»);
        RequestBody body = «CONTENT»;
        OkHttpClient client =
            new OkHttpClient.Builder().followRedirects(false).followSslRedirects(false).build();
        for (int hop = 0; ; hop++) {
            Request request = new Request.Builder()
                .url(url)
                .header("Authorization", "Bearer " + token)
                .method("«METHOD»", body)
                .build();
            try (Response response = client.newCall(request).execute()) {
                int status = response.code();
                if (status != 307 && status != 308) {
                    System.out.println(response.body().string());
                    if (status / 100 != 2) throw new IllegalStateException("The service answered " + status);
                    return;
                }
                url = url.resolve(response.header("Location", ""));
                if (hop >= 3 || url == null || !TRUSTED.matcher(url.toString()).find()) {
                    throw new IllegalStateException("Not followed: a redirect to another place");
                }
            }
        }
    }
}
"#;

pub(super) fn snippet(call: &Call) -> String {
    let content = if call.body.is_some() {
        "RequestBody.create(\n            MediaType.parse(\"application/json\"), «BODY».getBytes(StandardCharsets.UTF_8))"
    } else {
        "null"
    };
    let template = TEMPLATE.replace("«CONTENT»", content);
    let unused = ["import java.nio.charset.StandardCharsets;\n", "import okhttp3.MediaType;\n"];
    let template = if call.body.is_some() {
        template
    } else {
        unused.into_iter().fold(template, |template, line| template.replace(line, ""))
    };
    fill(&template, &WRITES, call)
}
