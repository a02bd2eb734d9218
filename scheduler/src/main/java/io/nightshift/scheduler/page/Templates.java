package io.nightshift.scheduler.page;

import io.nightshift.contract.event.Alert;
import io.nightshift.contract.event.Rejected;
import io.nightshift.contract.plan.Forecast;
import io.nightshift.scheduler.api.FleetSettings;
import io.nightshift.scheduler.state.Doing;
import io.nightshift.scheduler.state.Entry;
import io.nightshift.scheduler.state.HostState;
import io.nightshift.scheduler.state.Run;
import io.nightshift.scheduler.state.Summary;
import io.nightshift.scheduler.state.Verdict;
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
            Summary job, List<Run> runs, Plot durations, Plot sizes, int shown, int total, ZoneId zone);

    static native TemplateInstance hosts(List<HostState> hosts, ZoneId zone);

    static native TemplateInstance plan(List<Forecast.Run> runs, List<String> warnings, ZoneId zone);

    static native TemplateInstance events(List<Entry> entries, ZoneId zone);

    static native TemplateInstance settings(String file, List<FleetSettings.Line> lines, List<String> warnings);

    static native TemplateInstance said(String text, boolean refused);

    /** The first glance: is everything safe, what runs, what is wrong. */
    record Glance(
            Verdict verdict,
            List<Doing> running,
            List<Summary> bad,
            List<Alert> alerts,
            List<Rejected> rejected,
            ZoneId zone) {}
}
