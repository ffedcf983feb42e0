package dev.tophalf.runtime.script

import dev.tophalf.runtime.script.verify.Verifier
import spock.lang.Specification

class VerifierSpec extends Specification {
    def verifier = new Verifier(TestKernel.api())

    List<String> verify(String text) {
        verify(GroovyCompiler.compile(text), text)
    }

    List<String> verify(List<ClassBytes> classes, String text = '') {
        verifier.verify(new ScriptSource('test.groovy', text), classes, Scope.EMPTY)*.toString()
    }

    def "plain kernel code is accepted: #text"() {
        expect:
        verify(text) == []

        where:
        text << [
            'poke()',
            'static int f(int n) { return add(n, IRQ_HANDLED) }',
            'static long f() { return jiffies() }',
            'static int f(int n) { int s = 0; for (int i = 0; i < n; i++) s += i; return s }',
            'static int f(int i, Object d) { return i }\nstatic int g() { return handle(test_ko::f, 1, null) }',
            'static void f() { sink_t s = dev.tophalf.runtime.script.TestKernel::log; s.take("x") }',
            'static int f() { machine m = new machine(); return m.plus(2) + m.irq }',
            'class point { int x; long y; int sum() { return (int) (x + y) } }\nstatic int f() { return new point().sum() }',
            'class base { int x() { return 1 } }\nclass derived extends base { int x() { return super.x() + 1 } }',
            'interface op_t { int op(int n) }\nstatic int f(op_t o) { return o.op(1) }\nstatic int t(int n) { return n }\nstatic int g() { return f(test_ko::t) }',
            'static int f(int[] a) { return a.length }',
            'static int f(String s) { return s.length() }',
            'static int f(int n) { try { return add(n, 2) } catch (ArithmeticException e) { return 0 } finally { poke() } }',
            'static void f() { throw new IllegalStateException("x") }',
            'static void notify(int n) { }\nstatic int wait(int n) { return n }\nstatic int main(int n) { return n }',
            'static long f(long a, long b) { return Long.divideUnsigned(a, b) + Math.min(a, b) }',
        ]
    }

    def "#group: #text"() {
        when:
        def found = verify(text)

        then:
        found.any { it.contains(reason) }

        where:
        group           | text                                                                    || reason
        'files'         | 'new File("/etc/passwd")'                                               || 'java.io.File'
        'files'         | 'new FileInputStream("/etc/passwd")'                                    || 'java.io.FileInputStream'
        'files'         | 'java.nio.file.Files.readString(java.nio.file.Path.of("x"))'            || 'java.nio.file.Files.readString()'
        'files'         | 'new File("x").text'                                                    || 'ResourceGroovyMethods'
        'files'         | 'static Object f(File[] a) { return a[0] }'                             || 'java.io.File'
        'files'         | 'class s { File f }'                                                    || 'java.io.File'
        'files'         | 'class s { List<File> f }'                                              || 'java.io.File'
        'network'       | 'new Socket("localhost", 80)'                                           || 'new java.net.Socket()'
        'network'       | 'new URL("http://localhost").text'                                      || 'java.net.URL'
        'network'       | 'java.net.http.HttpClient.newHttpClient()'                              || 'java.net.http.HttpClient'
        'processes'     | '"ls".execute()'                                                        || 'ProcessGroovyMethods.execute()'
        'processes'     | 'Runtime.getRuntime().exec("ls")'                                       || 'java.lang.Runtime.exec()'
        'processes'     | 'new ProcessBuilder("ls").start()'                                      || 'java.lang.ProcessBuilder'
        'exit'          | 'System.exit(0)'                                                        || 'java.lang.System.exit()'
        'exit'          | 'Runtime.getRuntime().halt(0)'                                          || 'java.lang.Runtime.halt()'
        'reflection'    | 'Class.forName("java.lang.Runtime")'                                    || 'java.lang.Class.forName()'
        'reflection'    | 'String.class.getDeclaredMethods()'                                     || 'java.lang.Class.getDeclaredMethods()'
        'reflection'    | '"x".getClass()'                                                        || 'getClass()'
        'reflection'    | 'class s { void f() { this.getClass() } }'                              || 'getClass()'
        'reflection'    | 'java.lang.invoke.MethodHandles.lookup()'                               || 'java.lang.invoke.MethodHandles.lookup()'
        'class loaders' | 'test_ko.class.getClassLoader()'                                        || 'java.lang.Class.getClassLoader()'
        'class loaders' | 'new GroovyClassLoader()'                                               || 'groovy.lang.GroovyClassLoader'
        'class loaders' | 'new GroovyShell().evaluate("1")'                                       || 'groovy.lang.GroovyShell'
        'class loaders' | 'class l extends ClassLoader { }'                                       || 'java.lang.ClassLoader'
        'metaclass'     | 'String.metaClass'                                                      || 'getMetaClass()'
        'metaclass'     | 'class s { Object getProperty(String n) { return 1 } }'                 || 'getProperty'
        'metaclass'     | 'class s { Object invokeMethod(String n, Object a) { return 1 } }'      || 'invokeMethod'
        'metaclass'     | 'class s { def methodMissing(String n, Object a) { return 1 } }'        || 'methodMissing'
        'metaclass'     | 'ExpandoMetaClass.enableGlobally()'                                     || 'groovy.lang.ExpandoMetaClass'
        'metaclass'     | 'class s { MetaClass getMetaClass() { return null } }'                  || 'getMetaClass'
        'coercions'     | 'Object o = ["x"]; o as File'                                           || 'dynamic Groovy'
        'coercions'     | 'static File f(Object o) { return (File) o }'                            || 'java.io.File'
        'coercions'     | 'class s { File f = ["/etc/passwd"] }'                                  || 'java.io.File'
        'coercions'     | 'File f = ["/etc/passwd"]'                                              || 'java.io.File'
        'pointers'      | 'Object o = System.&exit'                                               || 'getMethodPointer'
        'pointers'      | 'java.util.function.IntConsumer c = System::exit'                       || 'java.lang.System.exit()'
        'pointers'      | 'java.util.function.Function<String, File> c = File::new'               || 'java.io.File'
        'pointers'      | 'Runnable r = () -> { }'                                                || 'java.lang.Runnable'
        'serialisation' | 'new ObjectInputStream(null).readObject()'                              || 'java.io.ObjectInputStream'
        'serialisation' | 'class s implements Serializable { }'                                   || 'java.io.Serializable'
        'serialisation' | 'class s { void readObject(Object o) { } }'                             || 'readObject'
        'threads'       | 'new Thread().start()'                                                  || 'java.lang.Thread'
        'threads'       | 'class w extends Thread { }; new w().start()'                           || 'java.lang.Thread'
        'threads'       | 'Thread.sleep(10)'                                                      || 'java.lang.Thread.sleep()'
        'threads'       | 'static synchronized void f() { }'                                      || 'synchronized'
        'threads'       | 'static void f(Object o) { synchronized (o) { poke() } }'               || 'synchronized'
        'threads'       | 'static void f(Object o) { o.notifyAll() }'                             || 'notifyAll()'
        'threads'       | 'new Timer()'                                                           || 'java.util.Timer'
        'JDK internals' | 'sun.misc.Unsafe.getUnsafe()'                                           || 'sun.misc.Unsafe'
        'JDK internals' | 'javax.script.ScriptEngineManager m = null; m.getEngineByName("x")'     || 'javax.script.ScriptEngineManager'
        'JDK internals' | 'Integer.getInteger("java.version")'                                    || 'java.lang.Integer.getInteger()'
        'JDK internals' | 'System.getProperty("user.home")'                                       || 'java.lang.System.getProperty()'
        'JDK internals' | 'class s { protected void finalize() { } }'                             || 'finalize'
        'Tophalf'       | 'dev.tophalf.runtime.script.TestHooks.reset(1000)'                      || 'dev.tophalf.runtime.script.TestHooks.reset()'
        'Tophalf'       | 'dev.tophalf.runtime.script.TestKernel.secret()'                        || 'TestKernel.secret()'
        'Tophalf'       | 'new machine().reset()'                                                 || 'machine.reset()'
        'Tophalf'       | 'machine.host()'                                                        || 'machine.host()'
        'Tophalf'       | 'dev.tophalf.runtime.script.TestKernel.LOG.clear()'                     || 'TestKernel.LOG'
        'Tophalf'       | 'new dev.tophalf.runtime.trace.Sites().get(0)'                          || 'dev.tophalf.runtime.trace.Sites'
        'Tophalf'       | 'dev.tophalf.runtime.contract.FunctionPointer p = null; p.line()'       || 'dev.tophalf.runtime.contract.FunctionPointer'
        'repeatability' | 'Math.random()'                                                         || 'java.lang.Math.random()'
        'repeatability' | 'System.nanoTime()'                                                     || 'java.lang.System.nanoTime()'
        'repeatability' | 'System.identityHashCode(1)'                                            || 'java.lang.System.identityHashCode()'
        'repeatability' | 'new Object().hashCode()'                                               || 'hashCode()'
        'repeatability' | 'class s { int hashCode() { return 1 } }'                               || 'hashCode'
        'resources'     | '"x" * 1000000'                                                         || 'multiply'
        'resources'     | '"x".repeat(1000000)'                                                   || 'java.lang.String.repeat()'
        'resources'     | 'String s = "x"; s = s + s'                                             || 'plus()'
        'resources'     | 'String.format("%999999999d", 1)'                                       || 'format()'
        'resources'     | 'new ArrayList(1 << 30)'                                                || 'java.util.ArrayList'
        'resources'     | '"aaa".replaceAll("(a*)*b", "")'                                        || 'replaceAll()'
        'resources'     | '[1, 2].sum()'                                                          || 'DefaultGroovyMethods.sum()'
        'resources'     | 'BigInteger.ONE.pow(1 << 30)'                                           || 'java.math.BigInteger'
        'output'        | 'println "x"'                                                           || 'println()'
        'output'        | 'System.out.println("x")'                                               || 'java.lang.System.out'
        'dynamic'       | 'static String f(Object o) { return (String) o }'                         || 'dynamic Groovy'
        'dynamic'       | 'Object o = null; if (o) poke()'                                        || 'dynamic Groovy'
        'enums'         | 'enum e { A, B }'                                                       || 'java.lang.Enum'
        'records'       | 'record r(int x) { }'                                                   || 'record'
        'exceptions'    | 'static void f() throws IOException { }'                                || 'java.io.IOException'
        'exceptions'    | 'static void f() { try { poke() } catch (IOException e) { } }'          || 'java.io.IOException'
        'exceptions'    | 'class e extends RuntimeException { }'                                  || 'java.lang.RuntimeException'
        'exceptions'    | 'static void f() { new RuntimeException().printStackTrace() }'          || 'printStackTrace()'
    }

    def "a message says where, what, and what to do instead"() {
        expect:
        verify('poke()\n\nnew Thread().start()') == [
            'test.groovy:3: java.lang.Thread is not available to drivers; the kernel has threads, timers and work of its own',
            'test.groovy:3: new java.lang.Thread() is not available to drivers; the kernel has threads, timers and work of its own',
            'test.groovy:3: java.lang.Thread.start() is not available to drivers; the kernel has threads, timers and work of its own',
        ]
    }
}
