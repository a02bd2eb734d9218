package io.nightshift.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A fleet of the host {@code here}, which copies, with one destination, {@code disk}: a folder. */
public final class OneDisk {
    private OneDisk() {}

    /**
     * @param work gets the fleet file, the folder {@code disk} and the file {@code password}
     * @param services of the host, as YAML with no indent; {@code WORK} stands for the folder
     */
    public static Path fleet(Path work, String password, String services) throws IOException {
        Files.createDirectories(work.resolve("disk"));
        Programs.secret(work.resolve("password"), password);
        var fleet = """
                backup:
                  schedule: { zone: UTC }
                  destinations:
                    disk: { repository: "WORK/disk/{host}/{service}", password-file: "WORK/password" }
                  hosts:
                    here:
                      snapshot: copy
                      services:
                """ + services.indent(8);
        return Files.writeString(work.resolve("backups.yaml"), fleet.replace("WORK", work.toString()));
    }
}
