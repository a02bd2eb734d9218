package io.nightshift.scheduler.page;

import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** An answer in HTML that no cache keeps, and that loads nothing but from here. */
final class Html {
    static final String TYPE = MediaType.TEXT_HTML + ";charset=UTF-8";

    /** No script, style or picture but our own files; no frame around us. */
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private Html() {}

    static Response of(TemplateInstance template) {
        return Response.ok(template.render(), TYPE)
                .header("Content-Security-Policy", POLICY)
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}
