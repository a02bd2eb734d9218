package io.nightshift.contract.event;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A file or folder in a snapshot.
 *
 * @param path as on the host; what is no UTF-8 in it is replaced, and cannot be asked for by it
 * @param bytes 0 of what is no file
 */
public record StoredFile(String path, Kind kind, long bytes, Instant modifiedAt) {
    /** What it is. */
    public enum Kind {
        @JsonProperty("file")
        FILE,
        @JsonProperty("folder")
        FOLDER,
        @JsonProperty("link")
        LINK,
        /** A device, a pipe, a socket. */
        @JsonEnumDefaultValue
        @JsonProperty("other")
        OTHER
    }

    public StoredFile {
        Copies.required("path", path);
        Copies.required("kind", kind);
        Copies.required("modifiedAt", modifiedAt);
    }
}
