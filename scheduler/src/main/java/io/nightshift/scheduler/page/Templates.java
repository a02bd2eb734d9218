package io.nightshift.scheduler.page;

import io.nightshift.contract.Target;
import io.nightshift.contract.event.JobStatus;
import io.nightshift.contract.event.StoredSnapshot;
import io.nightshift.scheduler.state.Doing;
import io.nightshift.scheduler.state.Entry;
import io.nightshift.scheduler.state.HostState;
import io.nightshift.scheduler.state.RestoreState;
import io.nightshift.scheduler.state.Run;
import io.nightshift.scheduler.state.Summary;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.ZoneId;
import java.util.List;

/** The templates, checked at build time against what they are given. */
@CheckedTemplate(basePath = "page")
final class Templates {
    private Templates() {}

    static native TemplateInstance overview(Glance glance, Grid grid);

    static native TemplateInstance glance(Glance glance);

    static native TemplateInstance grid(Grid grid);

    static native TemplateInstance job(Summary job, List<Doing> doing, ZoneId zone);

    static native TemplateInstance jobState(Summary job, List<Doing> doing, ZoneId zone);

    static native TemplateInstance history(
            Summary job, List<Plot> plots, List<JobStatus> steps, List<Run> runs, int shown, int total, ZoneId zone);

    /** @param next where the older ones begin; 0: there are none */
    static native TemplateInstance snapshots(
            Target target, List<StoredSnapshot> snapshots, int total, int next, ZoneId zone);

    static native TemplateInstance files(Target target, Listing listing, ZoneId zone);

    /**
     * @param stops whether the fleet file says how the service is stopped
     * @param zfs whether the host has ZFS
     */
    static native TemplateInstance restore(
            Target target, String snapshot, List<String> paths, boolean stops, boolean zfs);

    /** @param ready whether it is a plan that can be carried out */
    static native TemplateInstance restored(RestoreState restore, boolean ready, ZoneId zone);

    static native TemplateInstance restoredState(RestoreState restore, boolean ready, ZoneId zone);

    static native TemplateInstance restores(List<RestoreState> restores, ZoneId zone);

    static native TemplateInstance hosts(List<HostState> hosts, ZoneId zone);

    static native TemplateInstance plan(PlanView plan, List<String> warnings, ZoneId zone);

    static native TemplateInstance events(List<Entry> entries, ZoneId zone);

    static native TemplateInstance settings(String file, SettingsView settings, List<String> warnings);

    static native TemplateInstance said(String text, boolean refused);

    static native TemplateInstance login(String why);

    static native TemplateInstance error(int status, String title, String detail);
}
