package dev.tophalf.runtime.machine;

import com.google.common.collect.ImmutableList;
import dev.tophalf.runtime.machine.DevicetreeLexer.Mode;
import dev.tophalf.runtime.machine.DevicetreeToken.Kind;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reads nodes and properties; changes the tree as it goes, so that a later block overrides an earlier one.
 *
 * <p>The grammar is that of dtc 1.7 (the Devicetree Specification 0.4, appendix A), less includes, plugins and
 * {@code /omit-if-no-ref/}.
 */
final class DevicetreeParser {
    private static final int MAX_DEPTH = 64;

    private final DevicetreeLexer lexer;
    private final DevicetreeValueParser values;
    private final Devicetree tree;

    DevicetreeParser(String source, String fileName) {
        this.lexer = new DevicetreeLexer(source, fileName);
        this.tree = new Devicetree(fileName);
        this.values = new DevicetreeValueParser(lexer, tree);
    }

    Devicetree parse() {
        boolean hasRoot = false;
        header();
        while (lexer.peek(Mode.NODE).kind() != Kind.END) {
            hasRoot = topLevel(hasRoot);
        }
        if (!hasRoot) {
            throw lexer.next(Mode.NODE).notExpected("the root node, '/ { };'");
        }
        return tree;
    }

    private void header() {
        do {
            DevicetreeToken token = lexer.next(Mode.NODE);
            if (!token.is(Kind.DIRECTIVE, "/dts-v1/")) {
                throw token.notExpected("'/dts-v1/;' at the start");
            }
            semicolon("'/dts-v1/'");
        } while (lexer.peek(Mode.NODE).is(Kind.DIRECTIVE, "/dts-v1/"));
    }

    /** Reads one block or directive; returns whether there is a root by now. */
    private boolean topLevel(boolean hasRoot) {
        ImmutableList<DevicetreeToken> labels = labels();
        DevicetreeToken token = lexer.next(Mode.NODE);
        if (token.isSymbol("/")) {
            if (!hasRoot) {
                tree.root().moveTo(token.position());
            }
            block(tree.root(), labels);
        } else if (token.is(Kind.DIRECTIVE, "/memreserve/")) {
            tree.addReservation(new DevicetreeReg(values.number(), values.number()));
            semicolon("'/memreserve/'");
        } else if (token.kind() == Kind.REFERENCE && hasRoot) {
            block(target(token), labels);
        } else if (token.is(Kind.DIRECTIVE, "/delete-node/")) {
            deleteReferenced(lexer.next(Mode.NODE));
        } else {
            throw token.notExpected(hasRoot ? "'/ {', '&label {' or '/delete-node/'" : "the root node, '/ {'");
        }
        return hasRoot || token.isSymbol("/");
    }

    private void block(DevicetreeNode node, ImmutableList<DevicetreeToken> labels) {
        labels.forEach(label -> tree.label(node, label));
        body(node);
    }

    private DevicetreeNode target(DevicetreeToken token) {
        return DevicetreeResolver.find(tree, new DevicetreeValue.Reference(token.text(), token.position()));
    }

    private void deleteReferenced(DevicetreeToken token) {
        if (token.kind() != Kind.REFERENCE) {
            throw token.notExpected("'&label' or '&{/path}' after '/delete-node/'");
        }
        DevicetreeNode node = target(token);
        if (node.parent().isEmpty()) {
            throw token.notExpected("a node below the root to delete");
        }
        tree.delete(node);
        semicolon("'/delete-node/ " + token.source() + "'");
    }

    private void body(DevicetreeNode node) {
        DevicetreeToken open = lexer.next(Mode.NODE);
        if (!open.isSymbol("{")) {
            throw open.notExpected("'{' to begin node '" + node.path() + "'");
        }
        if (node.depth() > MAX_DEPTH) {
            throw new DevicetreeException(
                    open.position(), "expected at most " + MAX_DEPTH + " nodes inside each other, found one more");
        }
        Body body = new Body(node, new LinkedHashSet<>(), new LinkedHashSet<>());
        while (!lexer.peek(Mode.NODE).isSymbol("}")) {
            member(body);
        }
        lexer.next(Mode.NODE);
        semicolon("node '" + node.path() + "'");
    }

    private void member(Body body) {
        ImmutableList<DevicetreeToken> labels = labels();
        DevicetreeToken token = lexer.next(Mode.NODE);
        if (token.kind() == Kind.DIRECTIVE) {
            delete(body, token);
            return;
        }
        if (token.kind() != Kind.NAME) {
            throw token.notExpected(
                    "a property, a node or '}' in node '" + body.node().path() + "'");
        }
        DevicetreeToken after = lexer.peek(Mode.NODE);
        if (after.isSymbol("{")) {
            DevicetreeNode child = child(body, token);
            labels.forEach(label -> tree.label(child, label));
            body(child);
        } else if (after.isSymbol("=") || after.isSymbol(";")) {
            property(body, token);
        } else {
            throw after.notExpected("'=', ';' or '{' after '" + token.text() + "'");
        }
    }

    private DevicetreeNode child(Body body, DevicetreeToken token) {
        String name = token.text();
        if (name.indexOf('@') != name.lastIndexOf('@')) {
            throw token.notExpected("a node name with at most one '@'");
        }
        if (!body.children().add(name)) {
            tree.warn(token.position(), "node '" + name + "' is there twice, the two are merged; dtc refuses that");
        }
        DevicetreeNode node = body.node();
        DevicetreeNode earlier = node.exactChild(name);
        if (earlier != null) {
            return earlier;
        }
        DevicetreeNode child = new DevicetreeNode(tree, node, name, token.position());
        node.add(child);
        return child;
    }

    private void property(Body body, DevicetreeToken name) {
        if (!body.children().isEmpty()) {
            throw name.notExpected(
                    "properties before the first node in '" + body.node().path() + "'");
        }
        if (!body.properties().add(name.text())) {
            tree.warn(
                    name.position(),
                    "property '" + name.text() + "' is there twice, the last counts; dtc refuses that");
        }
        ImmutableList<DevicetreeValue> items = ImmutableList.of();
        if (lexer.peek(Mode.NODE).isSymbol("=")) {
            lexer.next(Mode.NODE);
            items = values.items(name.text());
        }
        semicolon("property '" + name.text() + "'");
        body.node().put(new DevicetreeProperty(name.text(), items, name.position()));
    }

    private void delete(Body body, DevicetreeToken directive) {
        boolean isProperty = directive.text().equals("/delete-property/");
        if (!isProperty && !directive.text().equals("/delete-node/")) {
            throw directive.notExpected("a property, a node, '/delete-property/' or '/delete-node/'");
        }
        DevicetreeToken token = lexer.next(Mode.NODE);
        if (token.kind() != Kind.NAME) {
            throw token.notExpected("a name after '" + directive.text() + "'");
        }
        semicolon("'" + directive.text() + " " + token.text() + "'");
        boolean wasThere =
                isProperty ? body.node().removeProperty(token.text()) : deleteChild(body.node(), token.text());
        if (!wasThere) {
            String where = "in '" + body.node().path() + "'";
            tree.warn(token.position(), "nothing called '" + token.text() + "' " + where + " to delete");
        }
        (isProperty ? body.properties() : body.children()).remove(token.text());
    }

    private boolean deleteChild(DevicetreeNode node, String name) {
        DevicetreeNode child = node.exactChild(name);
        if (child != null) {
            tree.delete(child);
        }
        return child != null;
    }

    private ImmutableList<DevicetreeToken> labels() {
        ImmutableList.Builder<DevicetreeToken> labels = ImmutableList.builder();
        while (lexer.peek(Mode.NODE).kind() == Kind.LABEL) {
            labels.add(lexer.next(Mode.NODE));
        }
        return labels.build();
    }

    private void semicolon(String what) {
        DevicetreeToken token = lexer.next(Mode.VALUE);
        if (!token.isSymbol(";")) {
            throw token.notExpected("';' after " + what);
        }
    }

    /** A pair of braces: the node they belong to and what was given between them so far. */
    private record Body(DevicetreeNode node, Set<String> properties, Set<String> children) {}
}
