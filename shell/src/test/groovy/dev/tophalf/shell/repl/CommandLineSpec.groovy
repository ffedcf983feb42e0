package dev.tophalf.shell.repl

import spock.lang.Specification

/** Which lines can be commands, and which driver code is complete. */
class CommandLineSpec extends Specification {
    def "<#line> may be a command: #name, then <#rest>"() {
        expect:
        CommandLine.of(line) == (name == null ? null : new CommandLine(name, rest))

        where:
        line             || name     | rest
        'ls'             || 'ls'     | ''
        '  ls  '         || 'ls'     | ''
        'ls;'            || 'ls'     | ''
        'ls -l /sys'     || 'ls'     | '-l /sys'
        'echo 1 > x'     || 'echo'   | '1 > x'
        'echo >x'        || 'echo'   | '>x'
        'echo>x'         || 'echo'   | '>x'
        'a-b c'          || 'a-b'    | 'c'
        'echo == a'      || 'echo'   | '== a'
        'ls = 3'         || null     | null
        'ls += 3'        || null     | null
        'ls <<= 3'       || null     | null
        'ls=3'           || null     | null
        'ls()'           || null     | null
        'ls.x'           || null     | null
        '(ls)'           || null     | null
        ''               || null     | null
        '{ ls }'         || null     | null
    }

    def "<#line> may be a command written as a call: #call"() {
        expect:
        CommandLine.ofCall(line) == call

        where:
        line         || call
        'exit()'     || new CommandLine('exit', '')
        'exit(3);'   || new CommandLine('exit', '3')
        'f(g(1))'    || null
        'f(1, 2)'    || null
        'exit'       || null
    }

    def "<#text> #goes"() {
        expect:
        Brackets.areOpen(text) == open

        where:
        text                                    || open
        ''                                      || false
        'f(1)'                                  || false
        'f(1,'                                  || true
        'f(1,\n2)'                              || false
        'int[] a = [1,'                         || true
        'static int f() {'                      || true
        'static int f() { return 1 }'           || false
        'static int f()'                        || true
        'static int f(int n)\n{'                || true
        'static int f(int n)\n{\n}'             || false
        'class button'                          || true
        'class button { int n }'                || false
        'if (a)'                                || true
        'if (f(a))'                             || true
        'if (a) f(b)'                           || false
        'if (a) { b() }\nelse'                  || true
        'while (f()) g()'                       || false
        'static int x = f(1)'                   || false
        "printk('(')"                           || false
        'printk("\\"(")'                        || false
        "printk('it is \\'(\\'')"               || false
        'f() // ('                              || false
        'f() /* ('                              || true
        'f() /* ( */'                           || false
        "'''("                                  || true
        "'''(\n'''"                             || false
        "int c = '"                             || false
        ')'                                     || false
        goes = open ? 'goes on' : 'is complete'
    }
}
