/** For mutants: a property that fails once has noticed. Looking for the smallest counterexample would only take time. */
import fc from 'fast-check'

fc.configureGlobal({ endOnFailure: true })
