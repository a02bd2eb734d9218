package io.nightshift.contract.fleet;

import java.util.List;
import java.util.stream.Collectors;

/** The fleet file cannot be used; all that is wrong with it, at once. */
public class InvalidFleetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<FleetProblem> problems;

    public InvalidFleetException(List<FleetProblem> problems) {
        super(problems.stream().map(FleetProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<FleetProblem> problems() {
        return problems;
    }
}
