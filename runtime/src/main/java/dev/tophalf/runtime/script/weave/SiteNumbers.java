package dev.tophalf.runtime.script.weave;

import dev.tophalf.runtime.contract.Contract;
import dev.tophalf.runtime.script.ScriptSource;
import dev.tophalf.runtime.script.bytecode.FunctionNames;
import dev.tophalf.runtime.script.bytecode.ParsedScript;
import dev.tophalf.runtime.trace.Site;
import dev.tophalf.runtime.trace.Sites;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers the places of one script: a call has a number of its own, ticks of one line share one. */
final class SiteNumbers {
    private final ScriptSource source;
    private final ParsedScript script;
    private final Sites sites;
    private final Map<String, Map<Integer, Integer>> shared = new LinkedHashMap<>();

    SiteNumbers(ScriptSource source, ParsedScript script, Sites sites) {
        this.source = source;
        this.script = script;
        this.sites = sites;
    }

    int call(String owner, String method, int line, Contract contract) {
        return sites.add(new Site(source.file(), line, 0, function(owner, method), contract));
    }

    int place(String owner, String method, int line) {
        String function = function(owner, method);
        return shared.computeIfAbsent(function, name -> new LinkedHashMap<>())
                .computeIfAbsent(line, number -> sites.add(new Site(source.file(), number, 0, function, null)));
    }

    private String function(String owner, String method) {
        return FunctionNames.enclosing(script, owner, method);
    }
}
