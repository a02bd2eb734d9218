package io.nightshift.scheduler.page;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** An answer in HTML that no cache keeps, and that loads nothing but from here. */
final class Html {
    static final String TYPE = MediaType.TEXT_HTML + ";charset=UTF-8";

    /** No script, style or picture but our own files; no frame around us. */
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** Not no-referrer: a browser then names no origin where a form is sent, and OwnSite refuses it. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "same-origin");

    private Html() {}

    static Response of(TemplateInstance template) {
        var answer = Response.ok(template.render(), TYPE);
        HEADERS.forEach(answer::header);
        return answer.build();
    }
}
