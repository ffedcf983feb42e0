package dev.tophalf.runtime.rule;

import dev.tophalf.runtime.Simulation;
import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.trace.Call;
import dev.tophalf.runtime.trace.TraceRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows every record to the rules and keeps what they find, the same mistake once. */
public final class Judge {
    private final List<Rule> rules = new ArrayList<>(Rules.builtin());
    private final Rule[] @Nullable [] rulesByContract;
    private final Map<Class<? extends TraceRecord>, Rule[]> rulesByKind = new LinkedHashMap<>();
    private final Moment moment;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Finding> latest = new LinkedHashMap<>();

    public Judge(Simulation simulation, List<Rule> kernelRules) {
        rules.addAll(kernelRules);
        moment = new Moment(simulation);
        rulesByContract = new Rule[simulation.kernel().api().contracts().size()][];
    }

    private Rule[] rulesAbout(Contract contract) {
        List<Rule> concerned = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.concerns(contract)) {
                concerned.add(rule);
            }
        }
        return concerned.toArray(Rule[]::new);
    }

    /** Judges a call. */
    public void judge(Call call) {
        int number = call.contract().number();
        Rule[] concerned = rulesByContract[number];
        if (concerned == null) {
            concerned = rulesAbout(call.contract());
            rulesByContract[number] = concerned;
        }
        for (Rule rule : concerned) {
            keep(rule.onCall(call, moment));
        }
    }

    /** Judges anything else. */
    public void judge(TraceRecord record) {
        for (Rule rule : rulesByKind.computeIfAbsent(record.getClass(), this::rulesAbout)) {
            keep(rule.onRecord(record, moment));
        }
    }

    private Rule[] rulesAbout(Class<? extends TraceRecord> kind) {
        return rules.stream().filter(rule -> rule.concerns(kind)).toArray(Rule[]::new);
    }

    private void keep(List<Finding> found) {
        for (Finding finding : found) {
            if (latest.putIfAbsent(finding.mistake(), finding) == null) {
                findings.add(finding);
            }
        }
    }

    /** A script of that file is loaded again: its mistakes count anew. */
    public void reloaded(String file) {
        latest.values().removeIf(finding -> finding.site().file().equals(file));
    }

    /** The rules, in the order of asking. */
    public List<Rule> rules() {
        return Collections.unmodifiableList(rules);
    }

    /** What was found, in the order of finding. */
    public List<Finding> findings() {
        return List.copyOf(findings);
    }
}
